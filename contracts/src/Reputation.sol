// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AddressLedger} from "./AddressLedger.sol";
import {UsernameLedger} from "./UsernameLedger.sol";

/// @title The code that every ledger of a factory runs
/// @notice Deployed once by the factory and never used itself; see `IReputation` for what a ledger does.
contract Reputation is AddressLedger, UsernameLedger {}
