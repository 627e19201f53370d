// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {ReputationFactory} from "../../src/ReputationFactory.sol";
import {IReputation} from "../../src/interfaces/IReputation.sol";
import {KeyHandler} from "./KeyHandler.sol";

/// forge-config: default.invariant.depth = 64
contract KeyInvariants is Test {
    KeyHandler private handler;

    function setUp() public {
        handler = new KeyHandler(new ReputationFactory(new address[](0)));
        targetContract(address(handler));
    }

    function invariant_KeysAreOnlyEverAddedAndLeadToTheirAccount() public view {
        assertEq(handler.violation(), "");
    }

    /// @dev Once at the end of each run, for the whole history.
    function afterInvariant() public view {
        assertTrue(handler.bookHolds());
    }

    function invariant_TheKeyInForceIsReadHereOrExactlyOneHopAway() public view {
        for (uint256 i = 0; i < handler.LEDGERS(); ++i) {
            for (uint256 j = 0; j < handler.ACCOUNTS(); ++j) {
                bytes32 id = handler.accountOf(j);
                IReputation ledger = handler.ledgers(i);
                bool isHere = ledger.localKeyNumberOf(id) != 0 || ledger.localKeyAt(id, 0).length != 0;
                IReputation holder = isHere || i == 0 ? ledger : handler.ledgers(i - 1);
                uint64 number = holder.localKeyNumberOf(id);
                assertEq(ledger.keyNumberOf(id), number);
                assertEq(ledger.keyAt(id, number + 1), "");
                if (number != 0) assertEq(ledger.keyOf(id), holder.localKeyAt(id, number));
            }
        }
    }
}
