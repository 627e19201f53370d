// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPredecessor} from "../src/interfaces/IPredecessor.sol";
import {IReputation} from "../src/interfaces/IReputation.sol";

/// @notice What a ledger of unknown code may do when a successor asks it, one way per value.
enum Malice {
    Reenters,
    BurnsGas,
    SaysNothing,
    AnswersShort,
    AnswersHuge,
    AnswersOversizedAmounts,
    Reverts
}

/// @title A referrer that answers every question in one malicious way
contract HostileReferrer {
    /// @dev Below this much gas a reentering referrer gives up, so that the test ends by refusal and not by exhaustion.
    uint256 private constant ENOUGH = 1_000_000;

    Malice public malice;

    function be(Malice chosen) external {
        malice = chosen;
    }

    fallback() external {
        if (malice == Malice.Reenters && gasleft() > ENOUGH) {
            IReputation(msg.sender).migrate(keccak256("reentered")); // a write, out of what the successor meant as a read
        } else if (malice == Malice.BurnsGas) {
            assembly ("memory-safe") {
                invalid()
            }
        } else if (malice == Malice.AnswersShort) {
            _answer(31);
        } else if (malice == Malice.AnswersHuge) {
            _answer(1 << 20);
        } else if (malice == Malice.AnswersOversizedAmounts) {
            _answer(192); // an account whose uploads need 256 bits
        } else if (malice == Malice.Reverts) {
            revert("no");
        }
    }

    function _answer(uint256 size) private pure {
        assembly {
            mstore(0, not(0))
            return(0, size)
        }
    }
}

/// @title A referrer that tells lies in good form, another one each time its owner likes
contract LyingReferrer {
    IPredecessor.Account private lie;
    uint64 public keyNumber;
    bytes public key;

    function say(IPredecessor.Account calldata account) external {
        lie = account;
    }

    function sayKey(uint64 number, bytes calldata bytes_) external {
        (keyNumber, key) = (number, bytes_);
    }

    function localAccount(bytes32) external view returns (IPredecessor.Account memory) {
        return lie;
    }

    function hasLocalAccount(bytes32) external view returns (bool) {
        return lie.updatedAt != 0;
    }

    function localAccountOfName(bytes32) external pure returns (bytes32) {}

    function localAccountOfKey(bytes32) external pure returns (bytes32) {}

    function localNameOf(bytes32) external pure returns (bytes32) {}

    function localKeyNumberOf(bytes32) external view returns (uint64) {
        return keyNumber;
    }

    function localKeyAt(bytes32, uint64) external view returns (bytes memory) {
        return key;
    }
}

/// @title An earlier factory that calls everything its own: the only way by which foreign code becomes a referrer
contract CredulousFactory {
    function isTracker(address) external pure returns (bool) {
        return true;
    }
}
