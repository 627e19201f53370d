// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

import {ReputationFactory} from "../../src/ReputationFactory.sol";
import {IPredecessor} from "../../src/interfaces/IPredecessor.sol";
import {IReputation} from "../../src/interfaces/IReputation.sol";
import {IReputationFactory} from "../../src/interfaces/IReputationFactory.sol";
import {Fixture} from "../Fixture.sol";

/// @notice Claims that everybody uploaded a gigabyte.
contract LyingLedger {
    function localAccount(bytes32) external pure returns (IPredecessor.Account memory account) {
        account.settledUp = 1 << 30;
        account.updatedAt = 1;
    }

    function owner() external pure returns (address) {
        return address(1);
    }
}

contract FactoryTest is Fixture {
    function test_WhoeverCreatesALedgerOwnsIt() public {
        vm.prank(STRANGER);
        IReputation created = IReputation(factory.createReputation(address(0), ""));
        assertEq(created.owner(), STRANGER);
        assertEq(created.referrerReputation(), address(0));
        assertTrue(factory.isTracker(address(created)));
    }

    function test_CreateReputationEmitsTheOriginalsEvent() public {
        address expected = factory.nextAddress(OWNER, address(ledger));
        vm.expectEmit(address(factory));
        emit IReputationFactory.ReputationCreated(expected, OWNER, address(ledger), "PBTS-Tracker-v1.0");
        vm.prank(OWNER);
        assertEq(factory.createReputation(address(ledger), "PBTS-Tracker-v1.0"), expected);
    }

    function test_DeployNewTrackerEmitsTheOriginalsEvent() public {
        address expected = factory.nextAddress(OWNER, address(ledger));
        vm.expectEmit(address(factory));
        emit IReputationFactory.NewReputationTracker(expected, address(ledger), OWNER);
        vm.prank(OWNER);
        assertEq(factory.deployNewTracker(address(ledger)), expected);
    }

    function test_BothFunctionsMakeTheSameKindOfLedger() public {
        vm.startPrank(OWNER);
        address one = factory.createReputation(address(0), "");
        address other = factory.deployNewTracker(address(0));
        vm.stopPrank();
        assertEq(one.codehash, other.codehash);
        assertTrue(one != other);
    }

    function testFuzz_AReferrerOfUnknownBirthIsRefused(address referrer) public {
        vm.assume(referrer != address(0) && referrer != address(ledger));
        vm.expectRevert(IReputationFactory.InvalidReferrer.selector);
        factory.createReputation(referrer, "");
        vm.expectRevert(IReputationFactory.InvalidReferrer.selector);
        factory.deployNewTracker(referrer);
        assertFalse(factory.acceptsReferrer(referrer));
    }

    function test_ALyingReferrerIsRefused() public {
        address liar = address(new LyingLedger());
        vm.expectRevert(IReputationFactory.InvalidReferrer.selector);
        factory.deployNewTracker(liar);
    }

    function test_AForgedCloneOfTheRealCodeIsRefused() public {
        address forged = Clones.cloneWithImmutableArgs(factory.implementation(), abi.encode(STRANGER, address(0)));
        assertEq(IReputation(forged).owner(), STRANGER);
        vm.expectRevert(IReputationFactory.InvalidReferrer.selector);
        factory.deployNewTracker(forged);
    }

    function test_TheSharedCodeIsNoReferrer() public {
        address code = factory.implementation();
        vm.expectRevert(IReputationFactory.InvalidReferrer.selector);
        factory.deployNewTracker(code);
    }

    function test_ALedgerOfAListedFactoryIsAccepted() public {
        ReputationFactory later = new ReputationFactory(_list(address(factory)));
        assertTrue(later.acceptsReferrer(address(ledger)));
        assertFalse(later.isTracker(address(ledger)));
        assertEq(later.earlierFactories()[0], address(factory));
        assertEq(later.earlierFactories().length, 1);
    }

    function test_TheListIsNotFollowedFurther() public {
        ReputationFactory second = new ReputationFactory(_list(address(factory)));
        ReputationFactory third = new ReputationFactory(_list(address(second)));
        assertFalse(third.acceptsReferrer(address(ledger)));
    }

    function test_AFactoryInTheListIsAContract() public {
        vm.expectRevert(abi.encodeWithSelector(IReputationFactory.InvalidFactory.selector, STRANGER));
        new ReputationFactory(_list(STRANGER));
    }

    function testFuzz_NobodyMovesTheNextAddressOfAnother(uint8 others) public {
        address expected = factory.nextAddress(OWNER, address(0));
        vm.startPrank(STRANGER);
        for (uint256 i = 0; i < others % 8; ++i) {
            factory.deployNewTracker(address(0));
        }
        vm.stopPrank();
        vm.prank(OWNER);
        assertEq(factory.deployNewTracker(address(0)), expected);
    }

    function _list(address one) private pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = one;
    }
}
