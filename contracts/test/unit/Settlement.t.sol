// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AmountOverflow} from "../../src/Record.sol";
import {IReputation} from "../../src/interfaces/IReputation.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {Fixture} from "../Fixture.sol";

contract SettlementTest is Fixture {
    function test_ASettlementMovesBytesAndKeepsItsRoot() public {
        vm.expectEmit(address(ledger));
        emit ISettlement.Settled(1, ROOT, 7, 4096);
        vm.prank(OWNER);
        ledger.settle(1, ROOT, 7, transfer(ALICE, BOB, 4096));

        assertBytes(ledger, ALICE, 4096, 0);
        assertBytes(ledger, BOB, 0, 4096);
        assertEq(ledger.lastSeq(), 1);
        assertEq(ledger.rootOf(1), ROOT);
        ISettlement.Totals memory totals = ledger.totals();
        assertEq(totals.settledUp, 4096);
        assertEq(totals.settledDown, 4096);
        assertEq(totals.receiptCount, 7);
    }

    function test_SettlementsAddUp() public {
        settle(ledger, ALICE, BOB, 100);
        settle(ledger, BOB, ALICE, 30);
        settle(ledger, ALICE, BOB, 5);

        assertBytes(ledger, ALICE, 105, 30);
        assertBytes(ledger, BOB, 30, 105);
        assertEq(ledger.totals().settledUp, 135);
    }

    function test_AnAccountMayAppearTwiceInABatch() public {
        ISettlement.Delta[] memory deltas = new ISettlement.Delta[](3);
        deltas[0] = ISettlement.Delta(ALICE, 10, 0);
        deltas[1] = ISettlement.Delta(ALICE, 5, 5);
        deltas[2] = ISettlement.Delta(BOB, 0, 10);
        vm.prank(OWNER);
        ledger.settle(1, ROOT, 3, deltas);
        assertBytes(ledger, ALICE, 15, 5);
    }

    function test_ASettlementNeedsNoEnrolmentAndGrantsNothing() public {
        settle(ledger, ALICE, BOB, 1);
        assertEq(ledger.getAccount(ALICE).creditMiB, 0);
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        assertEq(ledger.getAccount(ALICE).creditMiB, 1024);
        assertBytes(ledger, ALICE, 1, 0);
    }

    function test_AnEpochWithoutNetAmountsStillCounts() public {
        vm.prank(OWNER);
        ledger.settle(1, ROOT, 0, new ISettlement.Delta[](0));
        assertEq(ledger.lastSeq(), 1);
    }

    function testFuzz_OnlyTheNextNumberIsAccepted(uint64 seq) public {
        settle(ledger, ALICE, BOB, 1);
        vm.assume(seq != 2);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.WrongSequence.selector, 2, seq));
        vm.prank(OWNER);
        ledger.settle(seq, ROOT, 1, transfer(ALICE, BOB, 1));
    }

    function test_ARepeatedSettlementIsRefusedAndCanBeRecognised() public {
        settle(ledger, ALICE, BOB, 1);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.WrongSequence.selector, 2, 1));
        vm.prank(OWNER);
        ledger.settle(1, ROOT, 1, transfer(ALICE, BOB, 1));

        assertEq(ledger.lastSeq(), 1, "it was written");
        assertEq(ledger.rootOf(1), ROOT, "and it was the same");
        assertEq(ledger.rootOf(2), 0);
    }

    function testFuzz_AnUnbalancedBatchIsRefused(uint96 up, uint96 down) public {
        vm.assume(up != down);
        ISettlement.Delta[] memory deltas = new ISettlement.Delta[](2);
        deltas[0] = ISettlement.Delta(ALICE, up, 0);
        deltas[1] = ISettlement.Delta(BOB, 0, down);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.Unbalanced.selector, up, down));
        vm.prank(OWNER);
        ledger.settle(1, ROOT, 1, deltas);
    }

    function testFuzz_AmountsThatWrapAroundCannotPretendToBalance(uint256 huge) public {
        huge = _bound(huge, uint256(type(uint96).max) + 1, type(uint256).max);
        ISettlement.Delta[] memory deltas = new ISettlement.Delta[](2);
        deltas[0] = ISettlement.Delta(ALICE, huge, 0);
        unchecked {
            deltas[1] = ISettlement.Delta(BOB, 0 - huge, 0); // together 2^256, that is 0
        }
        vm.expectRevert(AmountOverflow.selector);
        vm.prank(OWNER);
        ledger.settle(1, ROOT, 1, deltas);
    }

    function test_AFullAccountRefusesMore() public {
        settle(ledger, ALICE, BOB, type(uint96).max);
        vm.expectRevert(AmountOverflow.selector);
        vm.prank(OWNER);
        ledger.settle(2, ROOT, 1, transfer(ALICE, keccak256("carol"), 1));
    }

    function test_ARootIsNeverZeroSoThatZeroMeansUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(ISettlement.EmptyRoot.selector, 1));
        vm.prank(OWNER);
        ledger.settle(1, 0, 1, transfer(ALICE, BOB, 1));
    }

    function test_TheZeroIdIsNoAccount() public {
        vm.expectRevert(ISettlement.InvalidAccountId.selector);
        vm.prank(OWNER);
        ledger.settle(1, ROOT, 1, transfer(0, BOB, 1));
    }

    function test_ABatchHasACap() public {
        uint256 tooMany = ledger.MAX_BATCH() + 1;
        bytes memory refusal = abi.encodeWithSelector(ISettlement.BatchTooLarge.selector, tooMany, tooMany - 1);
        vm.expectRevert(refusal);
        vm.prank(OWNER);
        ledger.settle(1, ROOT, 1, new ISettlement.Delta[](tooMany));
        vm.expectRevert(refusal);
        vm.prank(OWNER);
        ledger.enroll(new ISettlement.Enrolment[](tooMany));
        vm.expectRevert(refusal);
        ledger.publishKeys(new bytes[](tooMany));
    }

    function testFuzz_OnlyTheOwnerWrites(address caller) public {
        vm.assume(caller != OWNER);
        bytes memory refusal = abi.encodeWithSelector(ISettlement.NotOwner.selector, caller);
        vm.startPrank(caller);
        vm.expectRevert(refusal);
        ledger.settle(1, ROOT, 1, transfer(ALICE, BOB, 1));
        vm.expectRevert(refusal);
        ledger.enroll(enrolments(ALICE, ALICE_NAME, 1));
        vm.expectRevert(refusal);
        ledger.link(ALICE_NAME, WALLET);
        vm.expectRevert(refusal);
        ledger.rotateKey(ALICE, 1, abi.encodePacked(WALLET));
        vm.expectRevert(refusal);
        ledger.addUser("alice", "salt", PASSWORD_HASH, 0, 0);
        vm.expectRevert(refusal);
        ledger.updateUser("alice", 0, 0);
        vm.expectRevert(refusal);
        ledger.setOffchainDataUrl("ipfs://");
        vm.expectRevert(refusal);
        ledger.register(WALLET);
        vm.expectRevert(refusal);
        ledger.updateReputation(WALLET, 1, 1);
    }

    function test_TheSharedCodeIsNoLedger() public {
        IReputation code = IReputation(factory.implementation());
        vm.expectRevert(ISettlement.NotALedger.selector);
        code.owner();
        vm.expectRevert(ISettlement.NotALedger.selector);
        code.settle(1, ROOT, 1, transfer(ALICE, BOB, 1));
        vm.expectRevert(ISettlement.NotALedger.selector);
        code.migrate(ALICE);
    }
}
