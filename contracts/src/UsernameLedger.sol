// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ledger} from "./Ledger.sol";
import {Record} from "./Record.sol";
import {IUsernameReputation} from "./interfaces/IUsernameReputation.sol";

/// @title The ledger by username
abstract contract UsernameLedger is Ledger {
    string private _offchainDataUrl;

    /// @inheritdoc IUsernameReputation
    function addUser(
        string calldata username,
        string calldata salt,
        bytes32 passwordHash,
        uint256 downloadSize,
        uint256 uploadSize
    ) external onlyOwner {
        bytes32 nameHash = keccak256(bytes(username));
        if (passwordHash == 0) revert EmptyPasswordHash(username);
        if (_findName(nameHash) != 0) revert UserExists(username);

        bytes32 accountId = keccak256(abi.encodePacked("pbts:name", username));
        _bindName(nameHash, accountId);
        _credentials[nameHash] = Credentials(username, salt, passwordHash);
        _assertTotals(accountId, uploadSize, downloadSize);
        emit UserAdded(accountId, nameHash, username);
    }

    /// @inheritdoc IUsernameReputation
    function updateUser(string calldata username, uint256 downloadSize, uint256 uploadSize) external onlyOwner {
        bytes32 nameHash = keccak256(bytes(username));
        bytes32 accountId = _carryName(nameHash);
        if (accountId == 0) revert UserUnknown(username);
        _assertTotals(accountId, uploadSize, downloadSize);
        emit UserUpdated(accountId, nameHash, downloadSize, uploadSize);
    }

    /// @inheritdoc IUsernameReputation
    function migrateUserData(string calldata username) external {
        bytes32 nameHash = keccak256(bytes(username));
        if (_accountOfName[nameHash] != 0) revert UserExists(username);
        _carryName(nameHash);
    }

    /// @inheritdoc IUsernameReputation
    function setOffchainDataUrl(string calldata url) external onlyOwner {
        _offchainDataUrl = url;
        emit OffchainDataUrlChanged(url);
    }

    /// @inheritdoc IUsernameReputation
    function owner() external view returns (address) {
        return _owner();
    }

    /// @inheritdoc IUsernameReputation
    function referrerReputation() external view returns (address) {
        return address(_referrer());
    }

    /// @inheritdoc IUsernameReputation
    function getUserData(string calldata username) external view returns (UserData memory user) {
        bytes32 nameHash = keccak256(bytes(username));
        bytes32 accountId = _findName(nameHash);
        if (accountId == 0) return user;
        (Account memory found,) = _find(accountId);
        user = _userData(username, found);
        if (_accountOfName[nameHash] != 0) {
            user.salt = _credentials[nameHash].salt;
            user.passwordHash = _credentials[nameHash].passwordHash;
        } else {
            (, user.salt, user.passwordHash) = _referrer().localCredentials(nameHash);
        }
    }

    /// @inheritdoc IUsernameReputation
    function allUsers(string calldata username)
        external
        view
        returns (string memory, string memory, bytes32, uint256, uint256)
    {
        bytes32 nameHash = keccak256(bytes(username));
        bytes32 accountId = _accountOfName[nameHash];
        if (accountId == 0) return ("", "", 0, 0, 0);
        UserData memory user = _userData(username, localAccount(accountId));
        Credentials storage credentials = _credentials[nameHash];
        return (user.username, credentials.salt, credentials.passwordHash, user.downloadSize, user.uploadSize);
    }

    /// @inheritdoc IUsernameReputation
    function getOffchainDataUrl() external view returns (string memory) {
        return _offchainDataUrl;
    }

    /// @inheritdoc IUsernameReputation
    function offchainDataUrl() external view returns (string memory) {
        return _offchainDataUrl;
    }

    /// @dev Absolute totals: whatever settlements do not explain becomes asserted.
    function _assertTotals(bytes32 accountId, uint256 newUp, uint256 newDown) private {
        Record account = _load(accountId);
        uint256 currentUp = uint256(account.up()) + _asserted[accountId].up;
        uint256 currentDown = uint256(account.down()) + _asserted[accountId].down;
        if (newUp < currentUp || newDown < currentDown) {
            revert TotalsMayNotFall(accountId, currentUp, currentDown, newUp, newDown);
        }
        _assert(accountId, newUp - currentUp, newDown - currentDown);
        _records[accountId].value = account.withTime(_now());
    }

    function _userData(string calldata username, Account memory account) private pure returns (UserData memory user) {
        user.username = username;
        user.downloadSize = uint256(account.settledDown) + account.assertedDown;
        user.uploadSize = uint256(account.settledUp) + account.assertedUp;
    }
}
