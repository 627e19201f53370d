// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IKeyRegistry} from "../../src/interfaces/IKeyRegistry.sol";
import {IReputation} from "../../src/interfaces/IReputation.sol";
import {KeyFixture} from "../KeyFixture.sol";

/// @notice Keys after the tracker is gone: a successor knows who speaks for an account by its referrer alone.
contract KeySuccessionTest is KeyFixture {
    IReputation private successor;

    function setUp() public override {
        super.setUp();
        ledger.publishKeys(listOf(firstKey));
        successor = successorOf(ledger);
    }

    // ---- reads

    function test_ASuccessorReadsKeysOneHopAway() public {
        rotate(ledger, 1, secondKey);
        rotate(ledger, 2, thirdKey);
        assertKeys(successor, firstKey, 2, thirdKey);
        assertEq(successor.keyAt(account, 1), secondKey);
        assertEq(successor.accountIdOfKey(secondKey), account);
    }

    function test_AndNotTwo() public {
        rotate(ledger, 1, secondKey);
        assertKeys(successorOf(successor), "", 0, "");
    }

    // ---- the first write copies

    function test_MigrationCopiesTheFirstKeyAndTheOneInForce() public {
        rotate(ledger, 1, secondKey);
        rotate(ledger, 2, thirdKey);
        vm.expectEmit(address(successor));
        emit IKeyRegistry.KeyPublished(account, firstKey);
        vm.expectEmit(address(successor));
        emit IKeyRegistry.KeyImported(account, address(ledger), 2, thirdKey);
        vm.prank(STRANGER);
        assertTrue(successor.migrate(account));

        assertEq(successor.localKeyNumberOf(account), 2);
        assertEq(successor.localKeyAt(account, 0), firstKey);
        assertEq(successor.localKeyAt(account, 2), thirdKey);
        assertEq(successor.keyAt(account, 1), secondKey, "those between stay with the referrer");
        assertFalse(successor.migrate(account));
    }

    function test_TwoMovesKeepTheKeysOfAnIdleAccount() public {
        rotate(ledger, 1, secondKey);
        successor.migrate(account);
        IReputation third = successorOf(successor);
        assertKeys(third, firstKey, 1, secondKey);
        third.migrate(account);
        assertKeys(successorOf(third), firstKey, 1, secondKey);
        assertEq(successorOf(third).accountIdOfKey(secondKey), account);
    }

    function test_ARotationGoesOnFromTheReferrersNumber() public {
        rotate(ledger, 1, secondKey);
        rotate(successor, 2, thirdKey);
        assertKeys(successor, firstKey, 2, thirdKey);
        assertEq(successor.localKeyAt(account, 1), secondKey);
    }

    function test_RepeatingTheReferrersLastRotationDoesNothing() public {
        rotate(ledger, 1, secondKey);
        vm.recordLogs();
        rotate(successor, 1, secondKey);
        assertEq(vm.getRecordedLogs().length, 0);
    }

    function test_PublishingOnASuccessorNeverPutsTheFirstKeyBackInForce() public {
        rotate(ledger, 1, secondKey);
        successor.publishKeys(listOf(firstKey));
        assertKeys(successor, firstKey, 1, secondKey);
        assertEq(successor.localKeyNumberOf(account), 1);
    }

    /// @dev Whoever holds the old tracker's key must not take over accounts that moved on.
    function test_WhatTheReferrerRotatesAfterTheCopyIsNotFollowed() public {
        successor.migrate(account);
        rotate(ledger, 1, blsKey("thief"));
        assertKeys(successor, firstKey, 0, firstKey);
        rotate(successor, 1, secondKey);
        rotate(ledger, 2, blsKey("thief again"));
        assertKeys(successor, firstKey, 1, secondKey);
        assertEq(successor.keyAt(account, 2), "");
    }

    function test_AKeyThatBecameAnAccountHereIsNotImportedFromALaterRotation() public {
        register(successor, WALLET);
        rotate(ledger, 1, abi.encodePacked(WALLET));
        assertTrue(successor.migrate(account));
        assertKeys(successor, firstKey, 0, firstKey);
        assertEq(successor.accountIdOf(WALLET), idOf(WALLET));
    }

    function test_AKeyOfTheReferrersAccountIsNotTakenOnTheSuccessor() public {
        rotate(ledger, 1, secondKey);
        enroll(successor, BOB, BOB_NAME, 0);
        vm.expectRevert(abi.encodeWithSelector(IKeyRegistry.KeyTaken.selector, keccak256(secondKey), account));
        vm.prank(OWNER);
        successor.rotateKey(BOB, 1, secondKey);
    }

    function test_AFirstWriteOfAmountsLeavesKeysReadableThroughTheReferrer() public {
        rotate(ledger, 1, secondKey);
        settle(successor, account, BOB, 5);
        assertKeys(successor, firstKey, 1, secondKey);
    }
}
