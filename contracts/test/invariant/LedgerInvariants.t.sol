// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {ReputationFactory} from "../../src/ReputationFactory.sol";
import {IPredecessor} from "../../src/interfaces/IPredecessor.sol";
import {IReputation} from "../../src/interfaces/IReputation.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {Handler} from "./Handler.sol";

contract LedgerInvariants is Test {
    Handler private handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        handler = new Handler(new ReputationFactory(new address[](0)));
        targetContract(address(handler));
    }

    function invariant_SettledUpEqualsSettledDownEqualsTheBytesOfAllSettlements() public view {
        for (uint256 i = 0; i < handler.LEDGERS(); ++i) {
            ISettlement.Totals memory totals = handler.ledgers(i).totals();
            assertEq(totals.settledUp, handler.settledBytes(i));
            assertEq(totals.settledDown, handler.settledBytes(i));
        }
        assertFalse(handler.unbalancedBatchPassed());
    }

    function invariant_TheAccountsAddUpToTheTotals() public view {
        for (uint256 i = 0; i < handler.LEDGERS(); ++i) {
            ISettlement.Totals memory sums;
            for (uint256 j = 0; j < handler.ACCOUNTS(); ++j) {
                IPredecessor.Account memory account = handler.ledgers(i).localAccount(handler.accounts(j));
                sums.settledUp += account.settledUp;
                sums.settledDown += account.settledDown;
                sums.assertedUp += account.assertedUp;
                sums.assertedDown += account.assertedDown;
            }
            ISettlement.Totals memory totals = handler.ledgers(i).totals();
            assertEq(sums.settledUp, totals.settledUp + totals.importedUp);
            assertEq(sums.settledDown, totals.settledDown + totals.importedDown);
            assertEq(sums.assertedUp, totals.assertedUp);
            assertEq(sums.assertedDown, totals.assertedDown);
        }
    }

    /// @dev What address clients see: uploads exceed downloads by credit, imports and assertions, and by nothing else.
    function invariant_AddressViewsDifferByCreditImportsAndAssertionsAlone() public view {
        for (uint256 i = 0; i < handler.LEDGERS(); ++i) {
            IReputation ledger = handler.ledgers(i);
            ISettlement.Totals memory totals = ledger.totals();
            uint256 up = uint256(totals.importedDown) + totals.assertedDown;
            uint256 down = uint256(totals.importedUp) + totals.assertedUp;
            for (uint256 j = 0; j < handler.ACCOUNTS(); ++j) {
                (uint256 uploaded, uint256 downloaded,) = ledger.users(handler.wallets(j));
                up += uploaded;
                down += downloaded + (uint256(ledger.localAccount(handler.accounts(j)).creditMiB) << 20);
            }
            assertEq(up, down);
        }
    }

    function invariant_WhatIsNotImportedWasSettledHere() public view {
        for (uint256 i = 0; i < handler.LEDGERS(); ++i) {
            for (uint256 j = 0; j < handler.ACCOUNTS(); ++j) {
                bytes32 id = handler.accounts(j);
                ISettlement.AccountState memory state = handler.ledgers(i).getAccount(id);
                if (state.source != ISettlement.Source.Local) continue;
                assertEq(state.settledUp - state.importedUp, handler.settledHereUp(i, id));
                assertEq(state.settledDown - state.importedDown, handler.settledHereDown(i, id));
            }
        }
    }

    function invariant_TotalsNeverFallAndImportsHappenOnce() public view {
        assertEq(handler.violation(), "");
    }

    function invariant_NumbersRiseByOneAndRootsNeverChange() public view {
        for (uint256 i = 0; i < handler.LEDGERS(); ++i) {
            IReputation ledger = handler.ledgers(i);
            uint64 last = handler.settlements(i);
            assertEq(ledger.lastSeq(), last);
            assertEq(ledger.totals().receiptCount, handler.receipts(i));
            assertEq(ledger.rootOf(last), handler.roots(i, last));
            assertEq(ledger.rootOf(last + 1), 0);
        }
    }

    /// @dev Once at the end of each run, for the whole history.
    function afterInvariant() public view {
        for (uint256 i = 0; i < handler.LEDGERS(); ++i) {
            uint64 last = handler.settlements(i);
            for (uint64 seq = 0; seq <= last; ++seq) {
                assertEq(handler.ledgers(i).rootOf(seq), handler.roots(i, seq));
            }
        }
    }

    function invariant_OnlyTheOwnerWrites() public view {
        assertEq(handler.intrusions(), 0);
    }

    function invariant_AuthorityAndReferrerNeverChange() public view {
        address referrer;
        for (uint256 i = 0; i < handler.LEDGERS(); ++i) {
            IReputation ledger = handler.ledgers(i);
            assertEq(ledger.owner(), handler.OWNER());
            assertEq(ledger.referrerReputation(), referrer);
            referrer = address(ledger);
        }
    }

    function invariant_AnAccountIsReadHereOrExactlyOneHopAway() public view {
        for (uint256 i = 0; i < handler.LEDGERS(); ++i) {
            IReputation ledger = handler.ledgers(i);
            for (uint256 j = 0; j < handler.ACCOUNTS(); ++j) {
                bytes32 id = handler.accounts(j);
                IPredecessor.Account memory expected = ledger.localAccount(id);
                ISettlement.Source source = ISettlement.Source.Local;
                if (expected.updatedAt == 0) {
                    if (i > 0) expected = handler.ledgers(i - 1).localAccount(id);
                    source = expected.updatedAt == 0 ? ISettlement.Source.None : ISettlement.Source.Referrer;
                }
                ISettlement.AccountState memory state = ledger.getAccount(id);
                assertEq(uint8(state.source), uint8(source));
                assertEq(state.settledUp, expected.settledUp);
                assertEq(state.settledDown, expected.settledDown);
                assertEq(state.assertedUp, expected.assertedUp);
                assertEq(state.assertedDown, expected.assertedDown);
                assertEq(state.creditMiB, expected.creditMiB);
            }
        }
    }
}
