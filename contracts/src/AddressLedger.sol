// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Record} from "./Record.sol";
import {SettlementLedger} from "./SettlementLedger.sol";
import {IAddressReputation} from "./interfaces/IAddressReputation.sol";

/// @title The ledger by address
abstract contract AddressLedger is SettlementLedger {
    /// @inheritdoc IAddressReputation
    uint256 public constant INITIAL_CREDIT = 1 << 30;

    uint32 private constant INITIAL_CREDIT_MIB = 1024;

    /// @inheritdoc IAddressReputation
    function register(address user) external onlyOwner returns (bool registered) {
        bytes32 accountId = _carryKey(_hashOf(user));
        if (_records[accountId].value.creditMiB() != 0) revert AlreadyRegistered(user);
        _register(user, accountId);
        return true;
    }

    /// @inheritdoc IAddressReputation
    function updateReputation(address user, uint256 uploadDelta, uint256 downloadDelta) external onlyOwner {
        bytes32 accountId = _carryKey(_hashOf(user));
        Record account = _load(accountId);
        if (!account.exists()) {
            _register(user, accountId);
            account = _records[accountId].value;
        }
        _assert(accountId, uploadDelta, downloadDelta);
        _records[accountId].value = account.withTime(_now());
        emit ReputationUpdated(user, uploadDelta, downloadDelta);
    }

    /// @inheritdoc IAddressReputation
    function REFERRER() external view returns (address) {
        return address(_referrer());
    }

    /// @inheritdoc IAddressReputation
    function TRACKER() external view returns (address) {
        return _owner();
    }

    /// @inheritdoc IAddressReputation
    function users(address user)
        external
        view
        returns (uint256 uploadBytes, uint256 downloadBytes, uint256 lastUpdated)
    {
        bytes32 keyHash = _hashOf(user);
        bytes32 linked = _accountOfKey[keyHash];
        UserReputation memory local = _withCredit(localAccount(linked != 0 ? linked : keyHash));
        return (local.uploadBytes, local.downloadBytes, local.lastUpdated);
    }

    /// @inheritdoc IAddressReputation
    function getReputation(address user) public view returns (UserReputation memory) {
        (Account memory found,) = _find(_findKey(_hashOf(user)));
        return _withCredit(found);
    }

    /// @inheritdoc IAddressReputation
    function getRatio(address user) external view returns (uint256) {
        UserReputation memory found = getReputation(user);
        if (found.downloadBytes == 0) return type(uint256).max;
        return found.uploadBytes * 1e18 / found.downloadBytes;
    }

    function _register(address user, bytes32 accountId) private {
        _enroll(accountId, 0, INITIAL_CREDIT_MIB);
        emit UserRegistered(user, block.timestamp);
    }

    function _withCredit(Account memory account) private pure returns (UserReputation memory) {
        uint256 credit = uint256(account.creditMiB) << 20;
        return UserReputation({
            uploadBytes: credit + account.settledUp + account.assertedUp,
            downloadBytes: uint256(account.settledDown) + account.assertedDown,
            lastUpdated: account.updatedAt
        });
    }
}
