// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IKeyRegistry} from "../../src/interfaces/IKeyRegistry.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {KeyFixture} from "../KeyFixture.sol";

contract KeyRegistryTest is KeyFixture {
    // ---- the first key

    function test_AFirstKeyIsPublishedByAnyoneAndProvenByTheId() public {
        vm.expectEmit(address(ledger));
        emit IKeyRegistry.KeyPublished(account, firstKey);
        vm.prank(STRANGER);
        ledger.publishKeys(listOf(firstKey));
        assertKeys(ledger, firstKey, 0, firstKey);
        assertEq(keccak256(ledger.keyAt(account, 0)), account);
    }

    function test_PublishingAgainDoesNothing() public {
        ledger.publishKeys(listOf(firstKey));
        vm.recordLogs();
        ledger.publishKeys(listOf(firstKey));
        assertEq(vm.getRecordedLogs().length, 0);
    }

    function test_AKeyOfNobodyIsNotPublished() public {
        bytes memory nobodys = blsKey("nobody");
        vm.expectRevert(abi.encodeWithSelector(ISettlement.UnknownAccount.selector, keccak256(nobodys)));
        ledger.publishKeys(listOf(nobodys));
    }

    function test_AnAddressIsAFirstKeyToo() public {
        register(ledger, WALLET);
        ledger.publishKeys(listOf(abi.encodePacked(WALLET)));
        assertEq(ledger.keyOf(idOf(WALLET)), abi.encodePacked(WALLET));
    }

    function test_NoKeyIsPublishedBeforeSomebodyDoes() public view {
        assertKeys(ledger, "", 0, "");
    }

    // ---- what a key is

    function testFuzz_AKeyHas20Or48Bytes(bytes calldata key) public {
        vm.assume(key.length != 20 && key.length != 48);
        _assertNoKey(key);
    }

    function test_APointOfTheCurveIsCompressedAndNotInfinity() public {
        _assertNoKey(abi.encodePacked(hex"40", new bytes(47)));
        _assertNoKey(abi.encodePacked(hex"c0", new bytes(47)));
    }

    /// @dev Otherwise anyone could publish the name "alice-12345" as the address that its account id is the hash of.
    function test_ANameOfElevenLettersIsNoAddress() public {
        addUser(ledger, "alice-12345", 0, 0);
        bytes memory preimage = "pbts:namealice-12345";
        assertEq(ledger.accountIdOfName("alice-12345"), keccak256(preimage));
        _assertNoKey(preimage);
    }

    // ---- rotation

    function test_ARotatedKeyIsInForceAndTheFirstStaysReadable() public {
        ledger.publishKeys(listOf(firstKey));
        vm.expectEmit(address(ledger));
        emit IKeyRegistry.KeyRotated(account, keccak256(secondKey), 1, secondKey);
        rotate(ledger, 1, secondKey);
        assertKeys(ledger, firstKey, 1, secondKey);
    }

    function test_EveryKeyKeepsItsNumber() public {
        ledger.publishKeys(listOf(firstKey));
        rotate(ledger, 1, secondKey);
        rotate(ledger, 2, thirdKey);
        assertKeys(ledger, firstKey, 2, thirdKey);
        assertEq(ledger.keyAt(account, 1), secondKey);
        assertEq(ledger.keyAt(account, 3), "");
    }

    function test_EveryKeyLeadsToTheAccount() public {
        rotate(ledger, 1, secondKey);
        rotate(ledger, 2, abi.encodePacked(WALLET));
        assertEq(ledger.accountIdOfKey(firstKey), account);
        assertEq(ledger.accountIdOfKey(secondKey), account);
        assertEq(ledger.accountIdOf(WALLET), account);
        assertEq(ledger.getReputation(WALLET).uploadBytes, GIB);
    }

    function test_TheFirstKeyIsPublishedAfterARotationTooAndNotPutInForce() public {
        rotate(ledger, 1, secondKey);
        assertKeys(ledger, "", 1, secondKey);
        ledger.publishKeys(listOf(firstKey));
        assertKeys(ledger, firstKey, 1, secondKey);
    }

    function test_AnAccountMayReturnToItsFirstKey() public {
        rotate(ledger, 1, secondKey);
        rotate(ledger, 2, firstKey);
        assertKeys(ledger, "", 2, firstKey);
    }

    function test_ARepeatedRotationDoesNothingAndCannotUndoALaterOne() public {
        rotate(ledger, 1, secondKey);
        rotate(ledger, 2, thirdKey);
        vm.recordLogs();
        rotate(ledger, 1, secondKey);
        rotate(ledger, 2, thirdKey);
        assertEq(vm.getRecordedLogs().length, 0);
        assertEq(ledger.keyOf(account), thirdKey);
    }

    function testFuzz_OnlyTheNextNumberIsAccepted(uint64 number) public {
        rotate(ledger, 1, secondKey);
        vm.assume(number != 2);
        vm.expectRevert(abi.encodeWithSelector(IKeyRegistry.WrongKeyNumber.selector, account, 2, number));
        rotate(ledger, number, thirdKey);
    }

    function test_AKeyWithAHistoryOfItsOwnIsNotTaken() public {
        register(ledger, WALLET);
        vm.expectRevert(abi.encodeWithSelector(IKeyRegistry.KeyTaken.selector, idOf(WALLET), idOf(WALLET)));
        rotate(ledger, 1, abi.encodePacked(WALLET));
    }

    function test_NoKeyOfAnotherAccountIsTakenNotEvenAnEarlierOne() public {
        enroll(ledger, BOB, BOB_NAME, 0);
        rotate(ledger, 1, secondKey);
        rotate(ledger, 2, thirdKey);
        vm.expectRevert(abi.encodeWithSelector(IKeyRegistry.KeyTaken.selector, keccak256(secondKey), account));
        vm.prank(OWNER);
        ledger.rotateKey(BOB, 1, secondKey);
    }

    function test_AnUnknownAccountHasNoKeyToRotate() public {
        vm.expectRevert(abi.encodeWithSelector(ISettlement.UnknownAccount.selector, ALICE));
        vm.prank(OWNER);
        ledger.rotateKey(ALICE, 1, secondKey);
    }

    function _assertNoKey(bytes memory key) private {
        vm.expectRevert(abi.encodeWithSelector(IKeyRegistry.InvalidKey.selector, key));
        ledger.publishKeys(listOf(key));
        vm.expectRevert(abi.encodeWithSelector(IKeyRegistry.InvalidKey.selector, key));
        rotate(ledger, 1, key);
    }
}
