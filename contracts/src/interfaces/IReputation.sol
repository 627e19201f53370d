// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAddressReputation} from "./IAddressReputation.sol";
import {IKeyRegistry} from "./IKeyRegistry.sol";
import {IPredecessor} from "./IPredecessor.sol";
import {ISettlement} from "./ISettlement.sol";
import {IUsernameReputation} from "./IUsernameReputation.sol";

/// @title One ledger, read and written by username, by address and by account id
interface IReputation is IUsernameReputation, IAddressReputation, ISettlement, IKeyRegistry, IPredecessor {}
