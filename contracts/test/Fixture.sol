// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {ReputationFactory} from "../src/ReputationFactory.sol";
import {IReputation} from "../src/interfaces/IReputation.sol";
import {ISettlement} from "../src/interfaces/ISettlement.sol";

/// @notice A factory, a ledger without history, and the words tests use to write to one.
abstract contract Fixture is Test {
    uint128 internal constant GIB = 1 << 30;
    bytes32 internal constant ROOT = keccak256("root");
    bytes32 internal constant PASSWORD_HASH = keccak256("slow hash");

    address internal immutable OWNER = makeAddr("owner");
    address internal immutable STRANGER = makeAddr("stranger");
    address internal immutable WALLET = makeAddr("wallet");

    bytes32 internal immutable ALICE = keccak256("alice's key");
    bytes32 internal immutable BOB = keccak256("bob's key");
    bytes32 internal immutable ALICE_NAME = keccak256("alice");
    bytes32 internal immutable BOB_NAME = keccak256("bob");

    ReputationFactory internal factory;
    IReputation internal ledger;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        factory = new ReputationFactory(new address[](0));
        ledger = successorOf(IReputation(address(0)));
    }

    function successorOf(IReputation referrer) internal returns (IReputation) {
        vm.prank(OWNER);
        return IReputation(factory.createReputation(address(referrer), ""));
    }

    function enroll(IReputation target, bytes32 accountId, bytes32 nameHash, uint32 creditMiB) internal {
        vm.prank(OWNER);
        target.enroll(enrolments(accountId, nameHash, creditMiB));
    }

    function settle(IReputation target, bytes32 sender, bytes32 receiver, uint96 bytesMoved) internal {
        uint64 seq = target.lastSeq() + 1;
        vm.prank(OWNER);
        target.settle(seq, ROOT, 1, transfer(sender, receiver, bytesMoved));
    }

    function addUser(IReputation target, string memory name, uint256 downloadSize, uint256 uploadSize) internal {
        vm.prank(OWNER);
        target.addUser(name, "salt", PASSWORD_HASH, downloadSize, uploadSize);
    }

    function updateUser(IReputation target, string memory name, uint256 downloadSize, uint256 uploadSize) internal {
        vm.prank(OWNER);
        target.updateUser(name, downloadSize, uploadSize);
    }

    function register(IReputation target, address user) internal {
        vm.prank(OWNER);
        target.register(user);
    }

    function updateReputation(IReputation target, address user, uint256 moreUp, uint256 moreDown) internal {
        vm.prank(OWNER);
        target.updateReputation(user, moreUp, moreDown);
    }

    function link(IReputation target, bytes32 nameHash, address user) internal {
        vm.prank(OWNER);
        target.link(nameHash, user);
    }

    function enrolments(bytes32 accountId, bytes32 nameHash, uint32 creditMiB)
        internal
        pure
        returns (ISettlement.Enrolment[] memory list)
    {
        list = new ISettlement.Enrolment[](1);
        list[0] = ISettlement.Enrolment(accountId, nameHash, creditMiB);
    }

    function transfer(bytes32 sender, bytes32 receiver, uint96 bytesMoved)
        internal
        pure
        returns (ISettlement.Delta[] memory deltas)
    {
        deltas = new ISettlement.Delta[](2);
        deltas[0] = ISettlement.Delta(sender, bytesMoved, 0);
        deltas[1] = ISettlement.Delta(receiver, 0, bytesMoved);
    }

    function idOf(address user) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(user));
    }

    function idOfAddedName(string memory name) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked("pbts:name", name));
    }

    /// @dev Totals as both kinds of client add them up: settled and asserted, without credit.
    function bytesOf(IReputation target, bytes32 accountId) internal view returns (uint256 up, uint256 down) {
        ISettlement.AccountState memory state = target.getAccount(accountId);
        return (uint256(state.settledUp) + state.assertedUp, uint256(state.settledDown) + state.assertedDown);
    }

    function assertBytes(IReputation target, bytes32 accountId, uint256 up, uint256 down) internal view {
        (uint256 actualUp, uint256 actualDown) = bytesOf(target, accountId);
        assertEq(actualUp, up, "bytes up");
        assertEq(actualDown, down, "bytes down");
    }
}
