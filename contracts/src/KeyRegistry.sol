// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ledger} from "./Ledger.sol";
import {Record} from "./Record.sol";
import {IKeyRegistry} from "./interfaces/IKeyRegistry.sol";
import {IPredecessor} from "./interfaces/IPredecessor.sol";

/// @title The key registry
/// @dev An account's keys are held here when its first key is, or when a later one is in force here. Only then is its
/// number the local one: whatever the referrer's owner rotates afterwards is not ours to follow.
abstract contract KeyRegistry is Ledger {
    struct KeyHistory {
        uint64 number;
        mapping(uint64 number => bytes key) keys;
    }

    /// @dev First byte of a compressed point of BLS12-381: bit 7 is set, bit 6 is set for infinity only.
    bytes1 private constant POINT_FLAGS = 0xC0;
    bytes1 private constant COMPRESSED = 0x80;

    bytes9 private constant NAME_PREFIX = "pbts:name";

    mapping(bytes32 accountId => KeyHistory) private _histories;

    /// @inheritdoc IKeyRegistry
    function publishKeys(bytes[] calldata keys) external {
        if (keys.length > MAX_BATCH) revert BatchTooLarge(keys.length, MAX_BATCH);
        for (uint256 i = 0; i < keys.length; ++i) {
            _requireKey(keys[i]);
            bytes32 accountId = keccak256(keys[i]);
            if (!_isKnown(accountId)) revert UnknownAccount(accountId);
            _carryKeys(accountId);
            _publish(accountId, keys[i]);
        }
    }

    /// @inheritdoc IKeyRegistry
    function rotateKey(bytes32 accountId, uint64 number, bytes calldata key) external onlyOwner {
        _requireKey(key);
        bytes32 keyHash = keccak256(key);
        uint64 next = keyNumberOf(accountId) + 1;
        if (number != next) {
            if (keccak256(keyAt(accountId, number)) != keyHash) revert WrongKeyNumber(accountId, next, number);
            return;
        }
        Record account = _load(accountId);
        if (!account.exists()) revert UnknownAccount(accountId);
        _records[accountId].value = account;
        _carryKeys(accountId);
        _leadTo(accountId, keyHash);

        KeyHistory storage history = _histories[accountId];
        history.number = number;
        history.keys[number] = key;
        emit KeyRotated(accountId, keyHash, number, key);
    }

    /// @inheritdoc IKeyRegistry
    function keyOf(bytes32 accountId) external view returns (bytes memory) {
        return keyAt(accountId, keyNumberOf(accountId));
    }

    /// @inheritdoc IKeyRegistry
    function accountIdOfKey(bytes calldata key) external view returns (bytes32) {
        return _findKey(keccak256(key));
    }

    /// @inheritdoc IPredecessor
    function localKeyNumberOf(bytes32 accountId) external view returns (uint64) {
        return _histories[accountId].number;
    }

    /// @inheritdoc IPredecessor
    function localKeyAt(bytes32 accountId, uint64 number) external view returns (bytes memory) {
        return _histories[accountId].keys[number];
    }

    /// @inheritdoc IKeyRegistry
    function keyNumberOf(bytes32 accountId) public view returns (uint64) {
        IPredecessor referrer = _referrer();
        if (_holdsKeys(accountId) || !_known(referrer)) return _histories[accountId].number;
        return referrer.localKeyNumberOf(accountId);
    }

    /// @inheritdoc IKeyRegistry
    function keyAt(bytes32 accountId, uint64 number) public view returns (bytes memory key) {
        key = _histories[accountId].keys[number];
        IPredecessor referrer = _referrer();
        if (key.length != 0 || !_known(referrer) || number > keyNumberOf(accountId)) return key;
        return _keyOfReferrer(referrer, accountId, number);
    }

    /// @dev Copies the first key and the one in force, once; those between stay where they are. Anyone can cause this, so
    /// a key that leads to another account here is left out and nothing reverts.
    function _carryKeys(bytes32 accountId) internal returns (bool carried) {
        IPredecessor referrer = _referrer();
        if (_holdsKeys(accountId) || !_known(referrer)) return false;
        uint64 number = referrer.localKeyNumberOf(accountId);
        bytes memory first = _keyOfReferrer(referrer, accountId, 0);
        if (first.length != 0) carried = _publish(accountId, first);
        if (number == 0) return carried;

        bytes memory current = _keyOfReferrer(referrer, accountId, number);
        if (current.length == 0 || _carryKey(keccak256(current)) != accountId) return carried;
        KeyHistory storage history = _histories[accountId];
        history.number = number;
        history.keys[number] = current;
        emit KeyImported(accountId, address(referrer), number, current);
        return true;
    }

    function _publish(bytes32 accountId, bytes memory key) private returns (bool published) {
        mapping(uint64 => bytes) storage keys = _histories[accountId].keys;
        if (keys[0].length != 0) return false;
        keys[0] = key;
        emit KeyPublished(accountId, key);
        return true;
    }

    /// @dev Lets a key lead to an account, unless it leads to another one.
    function _leadTo(bytes32 accountId, bytes32 keyHash) private {
        bytes32 holder = _carryKey(keyHash);
        if (holder == accountId) return;
        if (holder != keyHash || _isKnown(keyHash)) revert KeyTaken(keyHash, holder);
        _accountOfKey[keyHash] = accountId;
    }

    function _holdsKeys(bytes32 accountId) private view returns (bool) {
        KeyHistory storage history = _histories[accountId];
        return history.number != 0 || history.keys[0].length != 0;
    }

    /// @dev Empty instead of what cannot be the key: a first key proves itself here too.
    function _keyOfReferrer(IPredecessor referrer, bytes32 accountId, uint64 number)
        private
        view
        returns (bytes memory key)
    {
        key = referrer.localKeyAt(accountId, number);
        if (!_isKey(key) || (number == 0 && keccak256(key) != accountId)) return "";
    }

    function _requireKey(bytes memory key) private pure {
        if (!_isKey(key)) revert InvalidKey(key);
    }

    function _isKey(bytes memory key) private pure returns (bool) {
        if (key.length == 48) return key[0] & POINT_FLAGS == COMPRESSED;
        // forge-lint: disable-next-line(unsafe-typecast)
        return key.length == 20 && bytes9(key) != NAME_PREFIX; // the first nine of 20
    }
}
