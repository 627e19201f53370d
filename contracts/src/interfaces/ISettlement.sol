// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The ledger by account id: what the settlement worker writes and auditors read
/// @notice An account id is keccak256 of the account's first key (20 address bytes or 48 BLS public key bytes), so it
/// proves its key on every ledger. Settled amounts come from settlements alone and balance; everything an owner merely
/// says is asserted and kept apart.
interface ISettlement {
    enum Source {
        None,
        Local,
        Referrer
    }

    /// @param accountId keccak256 of the account's first key
    /// @param nameHash keccak256 of the user id, zero for none
    /// @param creditMiB initial credit in MiB, zero while the grant is pending
    struct Enrolment {
        bytes32 accountId;
        bytes32 nameHash;
        uint32 creditMiB;
    }

    /// @param accountId who
    /// @param up bytes to add to what was uploaded, below 2^96
    /// @param down bytes to add to what was downloaded, below 2^96
    struct Delta {
        bytes32 accountId;
        uint256 up;
        uint256 down;
    }

    /// @notice An account and where it came from.
    /// @param source where these values are stored; with `Referrer` a first write will copy them
    /// @param creditMiB granted credit in MiB
    /// @param updatedAt seconds of the last change
    /// @param settledUp bytes from settlements, imported ones included
    /// @param settledDown bytes from settlements, imported ones included
    /// @param assertedUp bytes the owner asserted
    /// @param assertedDown bytes the owner asserted
    /// @param importedUp the part of `settledUp` that was copied from the referrer
    /// @param importedDown the part of `settledDown` that was copied from the referrer
    /// @param importedAt seconds of the copy, zero when there was none
    struct AccountState {
        Source source;
        uint32 creditMiB;
        uint32 updatedAt;
        uint96 settledUp;
        uint96 settledDown;
        uint128 assertedUp;
        uint128 assertedDown;
        uint96 importedUp;
        uint96 importedDown;
        uint32 importedAt;
    }

    /// @notice Sums over all accounts of this ledger. `settledUp == settledDown` at all times.
    /// @param settledUp bytes that settlements of this ledger added to uploads
    /// @param settledDown bytes that settlements of this ledger added to downloads
    /// @param importedUp settled bytes copied from the referrer
    /// @param importedDown settled bytes copied from the referrer
    /// @param assertedUp bytes asserted, copied assertions included
    /// @param assertedDown bytes asserted, copied assertions included
    /// @param lastSeq number of the last settlement
    /// @param receiptCount receipts behind all settlements
    struct Totals {
        uint128 settledUp;
        uint128 settledDown;
        uint128 importedUp;
        uint128 importedDown;
        uint128 assertedUp;
        uint128 assertedDown;
        uint64 lastSeq;
        uint64 receiptCount;
    }

    /// @notice An enrolment changed something; one that found everything in place emits nothing.
    /// @param creditMiB the credit in force, which for an imported account may differ from the requested one
    event Enrolled(bytes32 indexed accountId, bytes32 indexed nameHash, uint32 creditMiB);

    /// @notice An epoch was settled.
    /// @param byteCount bytes moved, once for the senders and once for the receivers
    event Settled(uint64 indexed seq, bytes32 indexed root, uint64 receiptCount, uint256 byteCount);

    /// @notice An account was copied from the referrer, once and for all.
    event Imported(
        bytes32 indexed accountId,
        address indexed referrer,
        uint96 settledUp,
        uint96 settledDown,
        uint32 creditMiB,
        uint128 assertedUp,
        uint128 assertedDown
    );

    /// @notice A name and an address now lead to the same account.
    event Linked(bytes32 indexed accountId, bytes32 indexed nameHash, address indexed user);

    error NotOwner(address caller);

    /// @notice The shared code was called directly and not through a ledger of the factory.
    error NotALedger();

    error InvalidAccountId();
    error InvalidName();
    error WrongSequence(uint64 expected, uint64 given);
    error EmptyRoot(uint64 seq);
    error Unbalanced(uint256 up, uint256 down);
    error BatchTooLarge(uint256 length, uint256 cap);

    /// @notice Another credit was granted to this account before.
    error CreditConflict(bytes32 accountId, uint32 grantedMiB, uint32 requestedMiB);

    /// @notice The account has another name.
    error NameConflict(bytes32 accountId, bytes32 nameHash, bytes32 requestedNameHash);

    /// @notice The name belongs to another account, here or in the referrer.
    error NameTaken(bytes32 nameHash, bytes32 holder);

    /// @notice A name and an address cannot be joined, for either has a history of its own.
    error BothHaveRecords(bytes32 accountOfName, bytes32 accountOfAddress);

    error UnknownAccount(bytes32 accountId);

    /// @notice The most entries that `enroll`, `settle` and `publishKeys` take. The gas of a transaction ends earlier for most.
    function MAX_BATCH() external view returns (uint256);

    /// @notice Makes accounts known, grants initial credit once and binds names. Owner only.
    /// @dev Safe to repeat, in any order and any grouping. For each entry: an unknown id becomes an account; one that
    /// the referrer knows is copied first. Credit: 0 asks for nothing; the first amount above 0 is granted; the same
    /// amount again is in place; another one reverts with `CreditConflict`, unless the credit in force was imported,
    /// which stands whatever is requested. Name: 0 binds none; a free name is bound to an account without one; the same
    /// again is in place; otherwise `NameConflict` or `NameTaken`. A revert undoes the batch and names the entry.
    function enroll(Enrolment[] calldata enrolments) external;

    /// @notice Adds an epoch's net amounts and keeps its root. Owner only.
    /// @dev Ids are taken as they are: an account is settled under its own id, not under that of a further key. One
    /// that the referrer knows is copied before its first amount. A repeated `seq` reverts with `WrongSequence`;
    /// whether it was the same epoch is told by `lastSeq` and `rootOf`.
    /// @param seq `lastSeq() + 1`
    /// @param root root of the epoch's files, not zero
    /// @param receiptCount receipts in the epoch
    /// @param deltas the sum of `up` equals the sum of `down`
    function settle(uint64 seq, bytes32 root, uint64 receiptCount, Delta[] calldata deltas) external;

    /// @notice Lets a name and an address lead to one account. Owner only. Does nothing when they do already.
    /// @param nameHash keccak256 of the user id
    function link(bytes32 nameHash, address user) external;

    /// @notice Copies from the referrer what this ledger does not have of an account: amounts and credit (once), name,
    /// credentials, keys (see `IKeyRegistry`). Open to everyone, also when the owner is gone.
    /// @param accountId an account id, or keccak256 of a further key that the referrer leads to an account
    /// @return changed whether there was anything to copy
    function migrate(bytes32 accountId) external returns (bool changed);

    /// @notice Copies many accounts as `migrate` does; one with nothing to copy is passed over. Open to everyone.
    function migrateAll(bytes32[] calldata accountIds) external;

    /// @notice Number of the last settlement, zero before the first.
    function lastSeq() external view returns (uint64);

    /// @notice The root settled with a number, zero when there is none.
    function rootOf(uint64 seq) external view returns (bytes32);

    /// @notice The ledger's sums.
    function totals() external view returns (Totals memory);

    /// @notice An account, from here or else from the referrer.
    function getAccount(bytes32 accountId) external view returns (AccountState memory);

    /// @notice The account that an address leads to: one it was linked to, or else keccak256 of its 20 bytes.
    function accountIdOf(address user) external view returns (bytes32);

    /// @notice The account a name is bound to, here or else in the referrer; zero when it is not.
    function accountIdOfName(string calldata username) external view returns (bytes32);

    /// @notice The hash of an account's name, from here or else from the referrer; zero when it has none.
    function nameOf(bytes32 accountId) external view returns (bytes32);
}
