// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {ReputationFactory} from "../../src/ReputationFactory.sol";

/// @notice A client of an original, who knows nothing but the original's selectors, and a factory of ours.
/// Where an answer deliberately differs, the test says which entry of `docs/divergences.md` ("Contracts") it is.
abstract contract OriginalClient is Test {
    uint256 internal constant GIB = 1 << 30;
    address internal immutable OWNER = makeAddr("owner");
    address internal immutable STRANGER = makeAddr("stranger");
    address internal factory;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        factory = address(new ReputationFactory(new address[](0)));
        vm.startPrank(OWNER);
    }

    /// @dev As a client of the original does: whatever the reason, the transaction failed.
    function assertRefused(address target, bytes memory call) internal {
        (bool accepted,) = target.call(call);
        assertFalse(accepted, "was accepted");
    }
}
