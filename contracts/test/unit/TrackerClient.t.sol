// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReputationFactory} from "../../src/ReputationFactory.sol";
import {ITrackerFactoryOriginal, ITrackerOriginal} from "../originals/ITrackerOriginal.sol";
import {OriginalClient} from "../originals/OriginalClient.sol";

/// @notice The original tracker's client lives its whole life on our contracts.
contract TrackerClientTest is OriginalClient {
    bytes32 private constant HASH = keccak256("slow hash");
    ITrackerOriginal private ledger;
    ITrackerOriginal private successor;

    function setUp() public override {
        super.setUp();
        ledger = _create(address(0));
        ledger.addUser("alice", "salt", HASH, 100, 200);
        successor = _create(address(ledger));
    }

    function test_TheInterfacesCarryTheOriginalsSelectorsAndNoOthers() public pure {
        bytes4 all = bytes4(0x8da5cb5b) ^ 0x0fcf75e7 ^ 0x0923742b ^ 0x293bf5b4 ^ 0x03260ecb ^ 0x54ab2403;
        assertEq(type(ITrackerOriginal).interfaceId, all ^ 0x85a702be ^ 0x91bd8ff3 ^ 0x49c1a25e ^ 0xb5403e07);
        assertEq(type(ITrackerFactoryOriginal).interfaceId, bytes4(0x372e3ff5));
    }

    // ---- selector by selector

    function test_CreateReputation() public {
        vm.expectEmit(factory);
        emit ITrackerFactoryOriginal.ReputationCreated(_next(), OWNER, address(ledger), "quote");
        address created = ITrackerFactoryOriginal(factory).createReputation(address(ledger), "quote");
        assertGt(created.code.length, 0);
    }

    function test_Owner() public view {
        assertEq(ledger.owner(), OWNER);
    }

    function test_ReferrerReputation() public view {
        assertEq(ledger.referrerReputation(), address(0));
        assertEq(successor.referrerReputation(), address(ledger));
    }

    function test_AddUserAndGetUserData() public view {
        ITrackerOriginal.UserData memory user = ledger.getUserData("alice");
        assertEq(user.username, "alice");
        assertEq(user.salt, "salt");
        assertEq(user.passwordHash, HASH);
        assertEq(user.downloadSize, 100);
        assertEq(user.uploadSize, 200);
    }

    function test_GetUserDataOfNobodyHasNoPasswordHash() public view {
        assertEq(ledger.getUserData("nobody").passwordHash, 0);
    }

    function test_AllUsers() public view {
        (string memory username, string memory salt, bytes32 hash, uint256 down, uint256 up) = ledger.allUsers("alice");
        assertEq(abi.encode(username, salt, hash, down, up), abi.encode("alice", "salt", HASH, 100, 200));
    }

    function test_UpdateUser() public {
        ledger.updateUser("alice", 1000, 2000);
        assertEq(ledger.getUserData("alice").downloadSize, 1000);
        assertEq(ledger.getUserData("alice").uploadSize, 2000);
    }

    function test_UpdateUserRefusesNobody() public {
        assertRefused(address(ledger), abi.encodeCall(ledger.updateUser, ("nobody", 1, 1)));
    }

    function test_MigrateUserDataIsOpenToEveryoneAndRefusesASecondTime() public {
        vm.stopPrank();
        vm.prank(STRANGER);
        successor.migrateUserData("alice");
        (string memory username,, bytes32 hash, uint256 down, uint256 up) = successor.allUsers("alice");
        assertEq(abi.encode(username, hash, down, up), abi.encode("alice", HASH, 100, 200));
        assertRefused(address(successor), abi.encodeCall(successor.migrateUserData, ("alice")));
    }

    function test_MigrateUserDataOfNobodyDoesNothing() public {
        successor.migrateUserData("nobody");
        assertEq(successor.getUserData("nobody").passwordHash, 0);
    }

    function test_OffchainDataUrl() public {
        ledger.setOffchainDataUrl("ipfs://epochs");
        assertEq(ledger.getOffchainDataUrl(), "ipfs://epochs");
        assertEq(ledger.offchainDataUrl(), "ipfs://epochs");
    }

    function test_OnlyTheOwnerWrites() public {
        vm.stopPrank();
        vm.startPrank(STRANGER);
        assertRefused(address(ledger), abi.encodeCall(ledger.addUser, ("bob", "salt", HASH, 0, 0)));
        assertRefused(address(ledger), abi.encodeCall(ledger.updateUser, ("alice", 1000, 2000)));
        assertRefused(address(ledger), abi.encodeCall(ledger.setOffchainDataUrl, ("ipfs://")));
    }

    // ---- the deliberate differences

    /// @dev Entry 4: the original answered empty until the user was migrated.
    function test_Difference_GetUserDataReadsTheReferrer() public view {
        assertEq(successor.getUserData("alice").uploadSize, 200);
        (string memory username,,,,) = successor.allUsers("alice");
        assertEq(username, "", "the original's mapping stays local");
    }

    /// @dev Entry 5: the original overwrote.
    function test_Difference_AddUserDoesNotOverwrite() public {
        assertRefused(address(ledger), abi.encodeCall(ledger.addUser, ("alice", "salt", HASH, 0, 0)));
        assertRefused(address(successor), abi.encodeCall(successor.addUser, ("alice", "salt", HASH, 0, 0)));
        assertRefused(address(ledger), abi.encodeCall(ledger.addUser, ("bob", "salt", 0, 0, 0)));
    }

    /// @dev Entry 6: the original set whatever it was told, and knew local users only.
    function test_Difference_TotalsNeverFallAndAFirstWriteCopies() public {
        assertRefused(address(ledger), abi.encodeCall(ledger.updateUser, ("alice", 99, 200)));
        assertRefused(address(successor), abi.encodeCall(successor.updateUser, ("alice", 0, 0)));
        successor.updateUser("alice", 101, 200);
        assertEq(successor.getUserData("alice").passwordHash, HASH);
    }

    /// @dev Entry 8: the original dropped a referrer it could not use, and said nothing.
    function test_Difference_AReferrerOfUnknownBirthIsRefused() public {
        assertRefused(factory, abi.encodeCall(ITrackerFactoryOriginal.createReputation, (STRANGER, "")));
    }

    function _create(address referrer) private returns (ITrackerOriginal) {
        return ITrackerOriginal(ITrackerFactoryOriginal(factory).createReputation(referrer, "PBTS-Tracker-v1.0"));
    }

    function _next() private view returns (address) {
        return ReputationFactory(factory).nextAddress(OWNER, address(ledger));
    }
}
