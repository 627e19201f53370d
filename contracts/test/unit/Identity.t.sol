// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReputation} from "../../src/interfaces/IReputation.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {Fixture} from "../Fixture.sol";

/// @notice Names and addresses that lead to one account.
contract IdentityTest is Fixture {
    // ---- link

    function test_AnAddressWithoutHistoryJoinsANamedAccount() public {
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        settle(ledger, ALICE, BOB, 10);
        vm.expectEmit(address(ledger));
        emit ISettlement.Linked(ALICE, ALICE_NAME, WALLET);
        link(ledger, ALICE_NAME, WALLET);

        assertEq(ledger.accountIdOf(WALLET), ALICE);
        assertEq(ledger.getReputation(WALLET).uploadBytes, GIB + 10);
        (uint256 up,,) = ledger.users(WALLET);
        assertEq(up, GIB + 10);
    }

    function test_AFreeNameJoinsARegisteredAddress() public {
        register(ledger, WALLET);
        link(ledger, ALICE_NAME, WALLET);
        assertEq(ledger.accountIdOfName("alice"), idOf(WALLET));
        assertEq(ledger.getUserData("alice").username, "alice");
    }

    function test_TwoHistoriesAreNotJoined() public {
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        register(ledger, WALLET);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.BothHaveRecords.selector, ALICE, idOf(WALLET)));
        vm.prank(OWNER);
        ledger.link(ALICE_NAME, WALLET);
    }

    function test_AHistoryInTheReferrerIsAHistory() public {
        register(ledger, WALLET);
        IReputation successor = successorOf(ledger);
        enroll(successor, ALICE, ALICE_NAME, 1024);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.BothHaveRecords.selector, ALICE, idOf(WALLET)));
        vm.prank(OWNER);
        successor.link(ALICE_NAME, WALLET);
    }

    function test_LinkingAgainDoesNothing() public {
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        link(ledger, ALICE_NAME, WALLET);
        vm.recordLogs();
        link(ledger, ALICE_NAME, WALLET);
        assertEq(vm.getRecordedLogs().length, 0);
    }

    function test_ALinkedAddressIsNotMovedToAnotherAccount() public {
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        enroll(ledger, BOB, BOB_NAME, 1024);
        link(ledger, ALICE_NAME, WALLET);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.BothHaveRecords.selector, BOB, ALICE));
        vm.prank(OWNER);
        ledger.link(BOB_NAME, WALLET);
    }

    function test_TwoUnknownsAreNotLinked() public {
        vm.expectRevert(abi.encodeWithSelector(ISettlement.UnknownAccount.selector, idOf(WALLET)));
        vm.prank(OWNER);
        ledger.link(ALICE_NAME, WALLET);
    }

    function test_TheZeroNameIsNoName() public {
        register(ledger, WALLET);
        vm.expectRevert(ISettlement.InvalidName.selector);
        vm.prank(OWNER);
        ledger.link(0, WALLET);
    }

    function test_LinkingOnASuccessorBringsTheHistoryAlong() public {
        register(ledger, WALLET);
        updateReputation(ledger, WALLET, 5, 6);
        IReputation successor = successorOf(ledger);
        link(successor, ALICE_NAME, WALLET);
        assertEq(uint8(successor.getAccount(idOf(WALLET)).source), uint8(ISettlement.Source.Local));
        assertBytes(successor, idOf(WALLET), 5, 6);
    }
}
