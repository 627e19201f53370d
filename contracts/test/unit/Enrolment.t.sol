// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IKeyRegistry} from "../../src/interfaces/IKeyRegistry.sol";
import {IReputation} from "../../src/interfaces/IReputation.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {Fixture} from "../Fixture.sol";

contract EnrolmentTest is Fixture {
    function test_AnEnrolmentGrantsCreditAndBindsTheName() public {
        vm.expectEmit(address(ledger));
        emit ISettlement.Enrolled(ALICE, ALICE_NAME, 1024);
        enroll(ledger, ALICE, ALICE_NAME, 1024);

        ISettlement.AccountState memory state = ledger.getAccount(ALICE);
        assertEq(uint8(state.source), uint8(ISettlement.Source.Local));
        assertEq(state.creditMiB, 1024);
        assertEq(state.updatedAt, block.timestamp);
        assertEq(ledger.accountIdOfName("alice"), ALICE);
        assertEq(ledger.nameOf(ALICE), ALICE_NAME);
    }

    function test_TheSameEnrolmentAgainChangesNothing() public {
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        settle(ledger, ALICE, BOB, 5);
        bytes32 before = _stateOf(ledger, ALICE);
        vm.warp(block.timestamp + 1);

        vm.recordLogs();
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        assertEq(vm.getRecordedLogs().length, 0);
        assertEq(_stateOf(ledger, ALICE), before);
    }

    function test_ABatchThatOverlapsAnEarlierOneEnrolsTheRest() public {
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        ISettlement.Enrolment[] memory both = new ISettlement.Enrolment[](2);
        both[0] = ISettlement.Enrolment(ALICE, ALICE_NAME, 1024);
        both[1] = ISettlement.Enrolment(BOB, BOB_NAME, 1024);
        vm.prank(OWNER);
        ledger.enroll(both);
        assertEq(ledger.accountIdOfName("bob"), BOB);
    }

    function test_APendingGrantIsRaisedOnce() public {
        enroll(ledger, ALICE, ALICE_NAME, 0);
        enroll(ledger, ALICE, ALICE_NAME, 512);
        assertEq(ledger.getAccount(ALICE).creditMiB, 512);

        vm.expectRevert(abi.encodeWithSelector(ISettlement.CreditConflict.selector, ALICE, 512, 1024));
        vm.prank(OWNER);
        ledger.enroll(enrolments(ALICE, ALICE_NAME, 1024));
    }

    function test_ALateRetryOfThePendingEnrolmentTakesNothingBack() public {
        enroll(ledger, ALICE, ALICE_NAME, 0);
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        enroll(ledger, ALICE, ALICE_NAME, 0);
        assertEq(ledger.getAccount(ALICE).creditMiB, 1024);
    }

    function test_ANameBelongsToOneAccount() public {
        enroll(ledger, ALICE, ALICE_NAME, 0);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.NameTaken.selector, ALICE_NAME, ALICE));
        vm.prank(OWNER);
        ledger.enroll(enrolments(BOB, ALICE_NAME, 0));
    }

    function test_AnAccountHasOneName() public {
        enroll(ledger, ALICE, ALICE_NAME, 0);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.NameConflict.selector, ALICE, ALICE_NAME, BOB_NAME));
        vm.prank(OWNER);
        ledger.enroll(enrolments(ALICE, BOB_NAME, 0));
    }

    function test_AConflictUndoesTheBatchAndNamesTheEntry() public {
        enroll(ledger, BOB, BOB_NAME, 1);
        ISettlement.Enrolment[] memory both = new ISettlement.Enrolment[](2);
        both[0] = ISettlement.Enrolment(ALICE, ALICE_NAME, 1);
        both[1] = ISettlement.Enrolment(BOB, BOB_NAME, 2);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.CreditConflict.selector, BOB, 1, 2));
        vm.prank(OWNER);
        ledger.enroll(both);
        assertEq(uint8(ledger.getAccount(ALICE).source), uint8(ISettlement.Source.None));
    }

    function test_AnAccountWithoutANameGetsOneLater() public {
        register(ledger, WALLET);
        enroll(ledger, idOf(WALLET), ALICE_NAME, 1024);
        assertEq(ledger.accountIdOfName("alice"), idOf(WALLET));
    }

    function test_AKeyThatLeadsToAnotherAccountIsNotEnrolled() public {
        enroll(ledger, ALICE, ALICE_NAME, 0);
        link(ledger, ALICE_NAME, WALLET);
        vm.expectRevert(abi.encodeWithSelector(IKeyRegistry.KeyTaken.selector, idOf(WALLET), ALICE));
        vm.prank(OWNER);
        ledger.enroll(enrolments(idOf(WALLET), 0, 1024));
    }

    function test_TheZeroIdCannotBeEnrolled() public {
        vm.expectRevert(ISettlement.InvalidAccountId.selector);
        vm.prank(OWNER);
        ledger.enroll(enrolments(0, ALICE_NAME, 0));
    }

    function test_ImportedCreditStandsWhateverIsRequested() public {
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        IReputation successor = successorOf(ledger);
        vm.expectEmit(address(successor));
        emit ISettlement.Enrolled(ALICE, ALICE_NAME, 1024);
        enroll(successor, ALICE, ALICE_NAME, 2048);
        enroll(successor, ALICE, ALICE_NAME, 2048);
        assertEq(successor.getAccount(ALICE).creditMiB, 1024);
    }

    function test_AGrantThatWasPendingAtTheReferrerMayBeGrantedBySuccessorOnce() public {
        enroll(ledger, ALICE, ALICE_NAME, 0);
        IReputation successor = successorOf(ledger);
        enroll(successor, ALICE, ALICE_NAME, 512);
        assertEq(successor.getAccount(ALICE).creditMiB, 512);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.CreditConflict.selector, ALICE, 512, 1024));
        vm.prank(OWNER);
        successor.enroll(enrolments(ALICE, ALICE_NAME, 1024));
    }

    function test_ANameOfTheReferrerIsNotGivenToAnotherAccount() public {
        enroll(ledger, ALICE, ALICE_NAME, 0);
        IReputation successor = successorOf(ledger);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.NameTaken.selector, ALICE_NAME, ALICE));
        vm.prank(OWNER);
        successor.enroll(enrolments(BOB, ALICE_NAME, 0));
    }

    /// @dev A worker that crashed anywhere sends any of its batches again, in any order.
    function testFuzz_RetriesInAnyOrderConverge(uint256 order) public {
        for (uint256 i = 0; i < 32; ++i) {
            uint256 pick = order >> (i * 8) & 3;
            if (pick == 0) enroll(ledger, ALICE, ALICE_NAME, 0);
            if (pick == 1) enroll(ledger, ALICE, ALICE_NAME, 1024);
            if (pick == 2) enroll(ledger, BOB, BOB_NAME, 1024);
            if (pick == 3) enroll(ledger, BOB, BOB_NAME, 0);
        }
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        enroll(ledger, BOB, BOB_NAME, 1024);
        assertEq(ledger.getAccount(ALICE).creditMiB, 1024);
        assertEq(ledger.getAccount(BOB).creditMiB, 1024);
        assertEq(ledger.nameOf(ALICE), ALICE_NAME);
        assertEq(ledger.nameOf(BOB), BOB_NAME);
    }

    function _stateOf(IReputation target, bytes32 accountId) private view returns (bytes32) {
        return keccak256(abi.encode(target.getAccount(accountId), target.totals(), target.nameOf(accountId)));
    }
}
