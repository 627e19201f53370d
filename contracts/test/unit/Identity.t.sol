// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReputation} from "../../src/interfaces/IReputation.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {Fixture} from "../Fixture.sol";

/// @notice Names, addresses and keys that lead to one account.
contract IdentityTest is Fixture {
    bytes private blsKey = abi.encodePacked(keccak256("bls"), bytes16(keccak256("key")));

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

    // ---- published keys

    function test_AKeyIsPublishedByAnyoneAndProvenByTheId() public {
        enroll(ledger, keccak256(blsKey), ALICE_NAME, 0);
        vm.expectEmit(address(ledger));
        emit ISettlement.KeyPublished(keccak256(blsKey), blsKey);
        vm.prank(STRANGER);
        ledger.publishKeys(_list(blsKey));
        assertEq(ledger.keyOf(keccak256(blsKey)), blsKey);
    }

    function test_PublishingAgainDoesNothing() public {
        enroll(ledger, keccak256(blsKey), ALICE_NAME, 0);
        ledger.publishKeys(_list(blsKey));
        vm.recordLogs();
        ledger.publishKeys(_list(blsKey));
        assertEq(vm.getRecordedLogs().length, 0);
    }

    function test_AKeyOfNobodyIsNotPublished() public {
        vm.expectRevert(abi.encodeWithSelector(ISettlement.UnknownAccount.selector, keccak256(blsKey)));
        ledger.publishKeys(_list(blsKey));
    }

    function testFuzz_AKeyHas20Or48Bytes(bytes calldata key) public {
        vm.assume(key.length != 20 && key.length != 48);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.InvalidKey.selector, key));
        ledger.publishKeys(_list(key));
        vm.expectRevert(abi.encodeWithSelector(ISettlement.InvalidKey.selector, key));
        vm.prank(OWNER);
        ledger.rotateKey(ALICE, key);
    }

    // ---- rotation

    function test_ARotatedKeyLeadsToTheSameAccount() public {
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        bytes memory next = abi.encodePacked(WALLET);
        vm.expectEmit(address(ledger));
        emit ISettlement.KeyRotated(ALICE, keccak256(next), next);
        _rotate(ledger, ALICE, next);
        assertEq(ledger.keyOf(ALICE), next);
        assertEq(ledger.accountIdOf(WALLET), ALICE);
        assertEq(ledger.getReputation(WALLET).uploadBytes, GIB);
    }

    function test_TheFirstKeyCannotBePublishedOverARotatedOne() public {
        bytes32 accountId = keccak256(blsKey);
        enroll(ledger, accountId, ALICE_NAME, 0);
        _rotate(ledger, accountId, abi.encodePacked(WALLET));
        ledger.publishKeys(_list(blsKey));
        assertEq(ledger.keyOf(accountId), abi.encodePacked(WALLET));
    }

    function test_NorOverOneThatWasRotatedAtTheReferrer() public {
        bytes32 accountId = keccak256(blsKey);
        enroll(ledger, accountId, ALICE_NAME, 0);
        _rotate(ledger, accountId, abi.encodePacked(WALLET));
        IReputation successor = successorOf(ledger);
        successor.publishKeys(_list(blsKey));
        assertEq(successor.keyOf(accountId), abi.encodePacked(WALLET));
        assertEq(successor.accountIdOf(WALLET), accountId);
        assertTrue(successor.migrate(accountId));
        assertEq(successorOf(successor).accountIdOf(WALLET), accountId);
    }

    function test_RotatingToTheCurrentKeyDoesNothing() public {
        enroll(ledger, ALICE, ALICE_NAME, 0);
        _rotate(ledger, ALICE, blsKey);
        vm.recordLogs();
        _rotate(ledger, ALICE, blsKey);
        assertEq(vm.getRecordedLogs().length, 0);
    }

    function test_AnAccountMayReturnToItsFirstKey() public {
        bytes32 accountId = keccak256(blsKey);
        enroll(ledger, accountId, ALICE_NAME, 0);
        _rotate(ledger, accountId, abi.encodePacked(WALLET));
        _rotate(ledger, accountId, blsKey);
        assertEq(ledger.keyOf(accountId), blsKey);
    }

    function test_AKeyWithAHistoryOfItsOwnIsNotTaken() public {
        enroll(ledger, ALICE, ALICE_NAME, 0);
        register(ledger, WALLET);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.KeyTaken.selector, idOf(WALLET), idOf(WALLET)));
        _rotate(ledger, ALICE, abi.encodePacked(WALLET));
    }

    function test_AKeyOfAnotherAccountIsNotTaken() public {
        enroll(ledger, ALICE, ALICE_NAME, 0);
        enroll(ledger, BOB, BOB_NAME, 0);
        _rotate(ledger, ALICE, blsKey);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.KeyTaken.selector, keccak256(blsKey), ALICE));
        _rotate(ledger, BOB, blsKey);
    }

    function test_AnUnknownAccountHasNoKeyToRotate() public {
        vm.expectRevert(abi.encodeWithSelector(ISettlement.UnknownAccount.selector, ALICE));
        _rotate(ledger, ALICE, blsKey);
    }

    function _rotate(IReputation target, bytes32 accountId, bytes memory key) private {
        vm.prank(OWNER);
        target.rotateKey(accountId, key);
    }

    function _list(bytes memory key) private pure returns (bytes[] memory keys) {
        keys = new bytes[](1);
        keys[0] = key;
    }
}
