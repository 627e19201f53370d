// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReputation} from "../src/interfaces/IReputation.sol";
import {Fixture} from "./Fixture.sol";

/// @notice An enrolled account with a BLS key, two keys it may rotate to, and the words for it.
abstract contract KeyFixture is Fixture {
    bytes internal firstKey = blsKey("first");
    bytes internal secondKey = blsKey("second");
    bytes internal thirdKey = blsKey("third");
    bytes32 internal account = keccak256(firstKey);

    function setUp() public virtual override {
        super.setUp();
        enroll(ledger, account, ALICE_NAME, 1024);
    }

    function rotate(IReputation target, uint64 number, bytes memory key) internal {
        vm.prank(OWNER);
        target.rotateKey(account, number, key);
    }

    function assertKeys(IReputation target, bytes memory first, uint64 number, bytes memory current) internal view {
        assertEq(target.keyAt(account, 0), first, "first key");
        assertEq(target.keyNumberOf(account), number, "number of the key in force");
        assertEq(target.keyOf(account), current, "key in force");
    }

    /// @dev 48 bytes that say they are a compressed point.
    function blsKey(string memory seed) internal pure returns (bytes memory key) {
        key = abi.encodePacked(keccak256(bytes(seed)), bytes16(keccak256(abi.encode(seed))));
        key[0] = key[0] & 0x1F | 0x80;
    }

    function listOf(bytes memory key) internal pure returns (bytes[] memory keys) {
        keys = new bytes[](1);
        keys[0] = key;
    }
}
