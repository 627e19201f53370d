// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {EMPTY, Record, record} from "./Record.sol";
import {IPredecessor} from "./interfaces/IPredecessor.sol";
import {IReputation} from "./interfaces/IReputation.sol";
import {ISettlement} from "./interfaces/ISettlement.sol";

/// @title What all three ABIs of a ledger share: authority, accounts, and the one hop to the referrer
/// @dev A ledger is a clone whose owner and referrer are part of its code, so no call can change them.
/// Reads take the local value or else the referrer's local one. Writes load an account through `_load`, which copies
/// it from the referrer first: a fresh record can never stand before an older history.
abstract contract Ledger is IReputation {
    using SafeCast for uint256;

    /// @dev A struct, so that a settlement computes the place of a record once.
    struct Slot {
        Record value;
    }

    struct Asserted {
        uint128 up;
        uint128 down;
    }

    struct Credentials {
        string username;
        string salt;
        bytes32 passwordHash;
    }

    /// @inheritdoc ISettlement
    uint256 public constant MAX_BATCH = 4096;

    address private immutable SELF = address(this);

    mapping(bytes32 accountId => Slot) internal _records;
    mapping(bytes32 accountId => Asserted) internal _asserted;
    /// @dev What was copied from the referrer, with the time of the copy.
    mapping(bytes32 accountId => Record) internal _imports;
    mapping(bytes32 nameHash => bytes32 accountId) internal _accountOfName;
    mapping(bytes32 accountId => bytes32 nameHash) internal _nameOf;
    mapping(bytes32 nameHash => Credentials) internal _credentials;
    /// @dev Further keys only; a first key leads to its own hash.
    mapping(bytes32 keyHash => bytes32 accountId) internal _accountOfKey;
    Totals internal _totals;

    modifier onlyOwner() {
        _requireOwner();
        _;
    }

    /// @inheritdoc IPredecessor
    function localAccount(bytes32 accountId) public view returns (Account memory) {
        Record local = _records[accountId].value;
        Asserted storage asserted = _asserted[accountId];
        // A successor asks for many accounts that do not exist: spare it the second slot.
        if (!local.exists()) return _account(EMPTY, 0, 0);
        return _account(local, asserted.up, asserted.down);
    }

    /// @inheritdoc IPredecessor
    function hasLocalAccount(bytes32 accountId) external view returns (bool) {
        return _records[accountId].value.exists();
    }

    /// @inheritdoc IPredecessor
    function localAccountOfName(bytes32 nameHash) external view returns (bytes32 accountId) {
        return _accountOfName[nameHash];
    }

    /// @inheritdoc IPredecessor
    function localAccountOfKey(bytes32 keyHash) external view returns (bytes32 accountId) {
        return _accountOfKey[keyHash];
    }

    /// @inheritdoc IPredecessor
    function localNameOf(bytes32 accountId) external view returns (bytes32 nameHash) {
        return _nameOf[accountId];
    }

    /// @inheritdoc IPredecessor
    function localCredentials(bytes32 nameHash)
        external
        view
        returns (string memory username, string memory salt, bytes32 passwordHash)
    {
        Credentials storage credentials = _credentials[nameHash];
        return (credentials.username, credentials.salt, credentials.passwordHash);
    }

    function _requireOwner() internal view {
        if (msg.sender != _owner()) revert NotOwner(msg.sender);
    }

    function _owner() internal view returns (address authority) {
        (authority,) = _immutables();
    }

    function _referrer() internal view returns (IPredecessor) {
        (, address referrer) = _immutables();
        return IPredecessor(referrer);
    }

    function _immutables() private view returns (address authority, address referrer) {
        if (address(this) == SELF) revert NotALedger();
        return abi.decode(Clones.fetchCloneArgs(address(this)), (address, address));
    }

    function _now() internal view returns (uint32) {
        return block.timestamp.toUint32();
    }

    function _known(IPredecessor referrer) internal pure returns (bool) {
        return address(referrer) != address(0);
    }

    // ---- accounts

    function _find(bytes32 accountId) internal view returns (Account memory found, Source source) {
        found = localAccount(accountId);
        if (found.updatedAt != 0) return (found, Source.Local);
        IPredecessor referrer = _referrer();
        if (!_known(referrer)) return (found, Source.None);
        found = referrer.localAccount(accountId);
        return (found, found.updatedAt != 0 ? Source.Referrer : Source.None);
    }

    function _isKnown(bytes32 accountId) internal view returns (bool) {
        (, Source source) = _find(accountId);
        return source != Source.None;
    }

    /// @dev The account to write to. The caller stores it; one that exists nowhere comes back empty.
    function _load(bytes32 accountId) internal returns (Record) {
        Record local = _records[accountId].value;
        return local.exists() ? local : _import(accountId, _referrer());
    }

    /// @dev For accounts without a local record only. Everything but the record itself is stored here.
    function _import(bytes32 accountId, IPredecessor referrer) internal returns (Record) {
        if (accountId == 0) revert InvalidAccountId();
        // One word is asked for first: an account costs its six words to answer, and most first writes find none.
        if (!_known(referrer) || !referrer.hasLocalAccount(accountId)) return EMPTY;
        Account memory found = referrer.localAccount(accountId);
        if (found.updatedAt == 0) return EMPTY;

        _imports[accountId] = record(found.settledUp, found.settledDown, found.creditMiB, _now());
        _totals.importedUp += found.settledUp;
        _totals.importedDown += found.settledDown;
        if (found.assertedUp != 0 || found.assertedDown != 0) {
            _assert(accountId, found.assertedUp, found.assertedDown);
        }
        emit Imported(
            accountId,
            address(referrer),
            found.settledUp,
            found.settledDown,
            found.creditMiB,
            found.assertedUp,
            found.assertedDown
        );
        return record(found.settledUp, found.settledDown, found.creditMiB, found.updatedAt);
    }

    /// @dev Adds to what is asserted, never to what is settled.
    function _assert(bytes32 accountId, uint256 moreUp, uint256 moreDown) internal {
        Asserted storage asserted = _asserted[accountId];
        asserted.up = (asserted.up + moreUp).toUint128();
        asserted.down = (asserted.down + moreDown).toUint128();
        _totals.assertedUp = (_totals.assertedUp + moreUp).toUint128();
        _totals.assertedDown = (_totals.assertedDown + moreDown).toUint128();
    }

    // ---- names

    function _findName(bytes32 nameHash) internal view returns (bytes32 accountId) {
        accountId = _accountOfName[nameHash];
        IPredecessor referrer = _referrer();
        if (accountId == 0 && _known(referrer)) accountId = referrer.localAccountOfName(nameHash);
    }

    /// @dev The account of a name that is about to be written by: name, credentials and account are local afterwards.
    function _carryName(bytes32 nameHash) internal returns (bytes32 accountId) {
        accountId = _accountOfName[nameHash];
        IPredecessor referrer = _referrer();
        if (accountId != 0 || !_known(referrer)) return accountId;
        accountId = referrer.localAccountOfName(nameHash);
        if (accountId == 0) return accountId;
        _bindName(nameHash, accountId);
        _records[accountId].value = _load(accountId);
    }

    /// @dev Binds a name that is free, here and in the referrer, or the account's own there.
    function _bindName(bytes32 nameHash, bytes32 accountId) internal {
        bytes32 named = _nameOf[accountId];
        if (named != 0) revert NameConflict(accountId, named, nameHash);
        bytes32 holder = _findName(nameHash);
        if (holder != 0 && holder != accountId) revert NameTaken(nameHash, holder);

        _accountOfName[nameHash] = accountId;
        _nameOf[accountId] = nameHash;
        if (holder == accountId) _copyCredentials(nameHash);
    }

    function _copyCredentials(bytes32 nameHash) private {
        (string memory username, string memory salt, bytes32 passwordHash) = _referrer().localCredentials(nameHash);
        if (passwordHash != 0) _credentials[nameHash] = Credentials(username, salt, passwordHash);
    }

    // ---- keys

    /// @dev A local record under the key's own hash wins over what the referrer says later.
    function _findKey(bytes32 keyHash) internal view returns (bytes32 accountId) {
        accountId = _accountOfKey[keyHash];
        if (accountId != 0) return accountId;
        IPredecessor referrer = _referrer();
        if (_known(referrer) && !_records[keyHash].value.exists()) accountId = referrer.localAccountOfKey(keyHash);
        if (accountId == 0) accountId = keyHash;
    }

    /// @dev The account of a key that is about to be written by: the way from key to account is local afterwards.
    function _carryKey(bytes32 keyHash) internal returns (bytes32 accountId) {
        accountId = _findKey(keyHash);
        if (accountId != keyHash && _accountOfKey[keyHash] == 0) _accountOfKey[keyHash] = accountId;
    }

    function _hashOf(address user) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(user));
    }

    function _account(Record local, uint128 assertedUp, uint128 assertedDown) private pure returns (Account memory) {
        return Account(local.up(), local.down(), local.creditMiB(), local.updatedAt(), assertedUp, assertedDown);
    }
}
