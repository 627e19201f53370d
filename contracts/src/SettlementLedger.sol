// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {KeyRegistry} from "./KeyRegistry.sol";
import {Record} from "./Record.sol";
import {IPredecessor} from "./interfaces/IPredecessor.sol";
import {ISettlement} from "./interfaces/ISettlement.sol";

/// @title The ledger by account id
abstract contract SettlementLedger is KeyRegistry {
    using SafeCast for uint256;

    mapping(uint64 seq => bytes32 root) private _roots;

    /// @inheritdoc ISettlement
    function enroll(Enrolment[] calldata enrolments) external onlyOwner {
        if (enrolments.length > MAX_BATCH) revert BatchTooLarge(enrolments.length, MAX_BATCH);
        for (uint256 i = 0; i < enrolments.length; ++i) {
            _enroll(enrolments[i].accountId, enrolments[i].nameHash, enrolments[i].creditMiB);
        }
    }

    /// @inheritdoc ISettlement
    function settle(uint64 seq, bytes32 root, uint64 receiptCount, Delta[] calldata deltas) external onlyOwner {
        uint64 expected = _totals.lastSeq + 1;
        if (seq != expected) revert WrongSequence(expected, seq);
        if (root == 0) revert EmptyRoot(seq);
        if (deltas.length > MAX_BATCH) revert BatchTooLarge(deltas.length, MAX_BATCH);

        (uint256 sumUp, uint256 sumDown) = _apply(deltas);
        if (sumUp != sumDown) revert Unbalanced(sumUp, sumDown);

        _totals.settledUp += sumUp.toUint128();
        _totals.settledDown += sumDown.toUint128();
        _totals.lastSeq = seq;
        _totals.receiptCount += receiptCount;
        _roots[seq] = root;
        emit Settled(seq, root, receiptCount, sumUp);
    }

    /// @inheritdoc ISettlement
    function link(bytes32 nameHash, address user) external onlyOwner {
        if (nameHash == 0) revert InvalidName();
        bytes32 keyHash = _hashOf(user);
        bytes32 byName = _carryName(nameHash);
        bytes32 byKey = _carryKey(keyHash);
        bool keyHasAccount = _isKnown(byKey);
        if (byName == 0 && !keyHasAccount) revert UnknownAccount(byKey);
        if (byName == byKey) return;
        if (byName != 0 && keyHasAccount) revert BothHaveRecords(byName, byKey);

        bytes32 joined = byName != 0 ? byName : byKey;
        if (byName != 0) {
            _accountOfKey[keyHash] = joined;
        } else {
            _bindName(nameHash, joined);
            _records[joined].value = _load(joined);
        }
        emit Linked(joined, nameHash, user);
    }

    /// @inheritdoc ISettlement
    function migrateAll(bytes32[] calldata accountIds) external {
        if (accountIds.length > MAX_BATCH) revert BatchTooLarge(accountIds.length, MAX_BATCH);
        for (uint256 i = 0; i < accountIds.length; ++i) {
            migrate(accountIds[i]);
        }
    }

    /// @inheritdoc ISettlement
    function migrate(bytes32 accountId) public returns (bool changed) {
        IPredecessor referrer = _referrer();
        if (!_known(referrer)) return false;
        bool linkedHere = _accountOfKey[accountId] != 0;
        bytes32 account = _carryKey(accountId);
        changed = account != accountId && !linkedHere;

        if (!_records[account].value.exists()) {
            Record copied = _import(account, referrer);
            if (!copied.exists()) return changed;
            _records[account].value = copied;
            changed = true;
        }
        if (_migrateName(account, referrer)) changed = true;
        if (_carryKeys(account)) changed = true;
    }

    /// @inheritdoc ISettlement
    function lastSeq() external view returns (uint64) {
        return _totals.lastSeq;
    }

    /// @inheritdoc ISettlement
    function rootOf(uint64 seq) external view returns (bytes32) {
        return _roots[seq];
    }

    /// @inheritdoc ISettlement
    function totals() external view returns (Totals memory) {
        return _totals;
    }

    /// @inheritdoc ISettlement
    function getAccount(bytes32 accountId) external view returns (AccountState memory) {
        (Account memory found, Source source) = _find(accountId);
        Record imported = _imports[accountId];
        return AccountState({
            source: source,
            creditMiB: found.creditMiB,
            updatedAt: found.updatedAt,
            settledUp: found.settledUp,
            settledDown: found.settledDown,
            assertedUp: found.assertedUp,
            assertedDown: found.assertedDown,
            importedUp: imported.up(),
            importedDown: imported.down(),
            importedAt: imported.updatedAt()
        });
    }

    /// @inheritdoc ISettlement
    function accountIdOf(address user) external view returns (bytes32) {
        return _findKey(_hashOf(user));
    }

    /// @inheritdoc ISettlement
    function accountIdOfName(string calldata username) external view returns (bytes32) {
        return _findName(keccak256(bytes(username)));
    }

    /// @inheritdoc ISettlement
    function nameOf(bytes32 accountId) external view returns (bytes32 nameHash) {
        nameHash = _nameOf[accountId];
        IPredecessor referrer = _referrer();
        if (nameHash == 0 && _known(referrer)) nameHash = referrer.localNameOf(accountId);
    }

    function _enroll(bytes32 accountId, bytes32 nameHash, uint32 creditMiB) internal {
        bytes32 holder = _findKey(accountId);
        if (holder != accountId) revert KeyTaken(accountId, holder);

        Record before = _records[accountId].value;
        Record account = before.exists() ? before : _import(accountId, _referrer());
        uint32 granted = account.creditMiB();
        if (creditMiB != granted && creditMiB != 0) {
            if (granted == 0) account = account.withCredit(creditMiB).withTime(_now());
            else if (_imports[accountId].creditMiB() == 0) revert CreditConflict(accountId, granted, creditMiB);
        }
        if (!account.exists()) account = account.withTime(_now());

        bool recorded = Record.unwrap(account) != Record.unwrap(before);
        bool named = nameHash != 0 && _accountOfName[nameHash] != accountId;
        if (recorded) _records[accountId].value = account;
        if (named) _bindName(nameHash, accountId);
        if (recorded || named) emit Enrolled(accountId, nameHash, account.creditMiB());
    }

    /// @dev Unchecked: at most `MAX_BATCH` amounts, each below 2^96 or else refused by `plus`, are summed in 256 bits.
    function _apply(Delta[] calldata deltas) private returns (uint256 sumUp, uint256 sumDown) {
        uint32 time = _now();
        IPredecessor referrer = _referrer();
        unchecked {
            for (uint256 i = 0; i < deltas.length; ++i) {
                Delta calldata delta = deltas[i];
                bytes32 accountId = delta.accountId;
                uint256 up = delta.up;
                uint256 down = delta.down;
                Slot storage slot = _records[accountId];
                Record account = slot.value;
                if (!account.exists()) account = _import(accountId, referrer);
                slot.value = account.plus(up, down, time);
                sumUp += up;
                sumDown += down;
            }
        }
    }

    /// @dev Skips, and does not revert, where this ledger has decided otherwise: anyone may call `migrate`.
    function _migrateName(bytes32 accountId, IPredecessor referrer) private returns (bool) {
        if (_nameOf[accountId] != 0) return false;
        bytes32 nameHash = referrer.localNameOf(accountId);
        if (nameHash == 0 || _accountOfName[nameHash] != 0) return false;
        _bindName(nameHash, accountId);
        return true;
    }
}
