// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

import {Reputation} from "./Reputation.sol";
import {IReputationFactory} from "./interfaces/IReputationFactory.sol";

/// @title The factory of ledgers
/// @dev Owner and referrer are appended to a clone's code. The salt counts per creator, so that nobody can move
/// another one's next address.
contract ReputationFactory is IReputationFactory {
    /// @inheritdoc IReputationFactory
    address public immutable implementation;

    /// @inheritdoc IReputationFactory
    mapping(address ledger => bool) public isTracker;

    mapping(address creator => uint256 count) private _created;

    /// @dev Written by the constructor alone: Solidity has no immutable arrays.
    address[] private _earlierFactories;

    constructor(address[] memory earlier) {
        for (uint256 i = 0; i < earlier.length; ++i) {
            if (earlier[i].code.length == 0) revert InvalidFactory(earlier[i]);
        }
        _earlierFactories = earlier;
        implementation = address(new Reputation());
    }

    /// @inheritdoc IReputationFactory
    function createReputation(address referrerReputation, bytes calldata attestation)
        external
        returns (address ledger)
    {
        ledger = _create(referrerReputation);
        emit ReputationCreated(ledger, msg.sender, referrerReputation, attestation);
    }

    /// @inheritdoc IReputationFactory
    function deployNewTracker(address referrer) external returns (address ledger) {
        ledger = _create(referrer);
        emit NewReputationTracker(ledger, referrer, msg.sender);
    }

    /// @inheritdoc IReputationFactory
    function earlierFactories() external view returns (address[] memory) {
        return _earlierFactories;
    }

    /// @inheritdoc IReputationFactory
    function nextAddress(address creator, address referrer) external view returns (address) {
        return Clones.predictDeterministicAddressWithImmutableArgs(
            implementation, abi.encode(creator, referrer), _salt(creator)
        );
    }

    /// @inheritdoc IReputationFactory
    function acceptsReferrer(address referrer) public view returns (bool) {
        if (referrer == address(0) || isTracker[referrer]) return true;
        for (uint256 i = 0; i < _earlierFactories.length; ++i) {
            if (IReputationFactory(_earlierFactories[i]).isTracker(referrer)) return true;
        }
        return false;
    }

    function _create(address referrer) private returns (address ledger) {
        if (!acceptsReferrer(referrer)) revert InvalidReferrer();
        ledger = Clones.cloneDeterministicWithImmutableArgs(
            implementation, abi.encode(msg.sender, referrer), _salt(msg.sender)
        );
        ++_created[msg.sender];
        isTracker[ledger] = true;
    }

    function _salt(address creator) private view returns (bytes32) {
        return keccak256(abi.encode(creator, _created[creator]));
    }
}
