// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReputation} from "../../src/interfaces/IReputation.sol";
import {Fixture} from "../Fixture.sol";
import {IAgentsOriginal} from "../originals/IAgentsOriginal.sol";
import {OriginalRule} from "../originals/OriginalRule.sol";

/// @notice The two faults of the original's rule, each as a predicate over a chain of ledgers that sees nothing but the
/// original's ABI. A predicate that the original's rule passed would test nothing, so both are shown to fail there.
contract OriginalRuleTest is Fixture {
    uint256 private constant MANY = 64;

    // ---- whitewashing: 1 GiB up and 10 GiB down is ratio 0.1, and must stay 0.1 when a successor takes over

    function test_RegisteringOnASuccessorDoesNotWashARatioOfOneTenth() public {
        assertFalse(_survives(_originals(2), this.registers), "the original's rule washes it");
        assertTrue(_survives(_ours(2), this.registers));
    }

    function test_AnUpdateOnASuccessorDoesNotWashARatioOfOneTenth() public {
        assertFalse(_survives(_originals(2), this.updates), "the original's rule washes it");
        assertTrue(_survives(_ours(2), this.updates));
    }

    function test_WhatTheOriginalsRuleMakesOfOneTenthIsInfinite() public {
        IAgentsOriginal[] memory chain = _originals(2);
        _survives(chain, this.registers);
        assertEq(chain[1].getRatio(WALLET), type(uint256).max);
    }

    // ---- recursion: what a read costs and whom it asks must not depend on how many ledgers came before

    function test_AReadNeverReachesBeyondTheReferrer() public {
        assertFalse(_endsAtTheReferrer(_originals(3)), "the original's rule asks them all");
        assertTrue(_endsAtTheReferrer(_ours(3)));
    }

    function test_AReadCostsTheSameHoweverManyLedgersCameBefore() public {
        assertFalse(_costsTheSame(_originals(3), _originals(MANY)), "the original's rule pays for each");
        assertTrue(_costsTheSame(_ours(3), _ours(MANY)));
    }

    function test_AReadBehindManyLedgersFitsTheGasOfAShortOne() public {
        assertFalse(_answersWithin(_originals(MANY), 100_000), "the original's rule runs out of gas");
        assertTrue(_answersWithin(_ours(MANY), 100_000));
    }

    // ---- what a first write on a successor is

    function registers(IAgentsOriginal successor) external {
        vm.prank(OWNER);
        successor.register(WALLET);
    }

    function updates(IAgentsOriginal successor) external {
        vm.prank(OWNER);
        successor.updateReputation(WALLET, 0, 0);
    }

    // ---- predicates

    function _survives(IAgentsOriginal[] memory chain, function(IAgentsOriginal) external firstWrite)
        private
        returns (bool)
    {
        vm.prank(OWNER);
        chain[0].updateReputation(WALLET, 0, 10 * GIB);
        assertEq(chain[0].getRatio(WALLET), 0.1e18);
        assertEq(chain[1].getRatio(WALLET), 0.1e18, "the successor reads the history at first");
        firstWrite(chain[1]);
        return chain[1].getRatio(WALLET) == 0.1e18;
    }

    function _endsAtTheReferrer(IAgentsOriginal[] memory chain) private returns (bool) {
        vm.record();
        chain[2].getReputation(WALLET);
        chain[2].getRatio(WALLET);
        (bytes32[] memory asked,) = vm.accesses(address(chain[1]));
        (bytes32[] memory beyond,) = vm.accesses(address(chain[0]));
        assertGt(asked.length, 0, "the referrer is asked");
        return beyond.length == 0;
    }

    function _costsTheSame(IAgentsOriginal[] memory few, IAgentsOriginal[] memory many) private view returns (bool) {
        return _gasOfARead(many) <= _gasOfARead(few) + 1000;
    }

    function _gasOfARead(IAgentsOriginal[] memory chain) private view returns (uint256) {
        uint256 before = gasleft();
        chain[chain.length - 1].getRatio(WALLET);
        return before - gasleft();
    }

    function _answersWithin(IAgentsOriginal[] memory chain, uint256 gas) private view returns (bool answered) {
        bytes memory call = abi.encodeCall(IAgentsOriginal.getRatio, (WALLET));
        (answered,) = address(chain[chain.length - 1]).staticcall{gas: gas}(call);
    }

    // ---- chains of ledgers, oldest first

    function _ours(uint256 length) private returns (IAgentsOriginal[] memory chain) {
        chain = new IAgentsOriginal[](length);
        address referrer;
        for (uint256 i = 0; i < length; ++i) {
            referrer = address(successorOf(IReputation(referrer)));
            chain[i] = IAgentsOriginal(referrer);
        }
    }

    function _originals(uint256 length) private returns (IAgentsOriginal[] memory chain) {
        chain = new IAgentsOriginal[](length);
        address referrer;
        for (uint256 i = 0; i < length; ++i) {
            vm.prank(OWNER);
            chain[i] = new OriginalRule(referrer);
            referrer = address(chain[i]);
        }
    }
}
