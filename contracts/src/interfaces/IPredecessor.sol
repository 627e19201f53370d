// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What a successor may ask the ledger it refers to
/// @notice Every answer is local: nothing here looks at a further referrer, which is why a chain of ledgers is read
/// exactly one hop deep however long it is.
interface IPredecessor {
    /// @notice An account as this ledger holds it. It exists when `updatedAt` is not zero.
    /// @param settledUp bytes uploaded that settlements moved, here and before an import
    /// @param settledDown bytes downloaded that settlements moved, here and before an import
    /// @param creditMiB granted initial credit in MiB (2^20 bytes)
    /// @param updatedAt seconds of the last change
    /// @param assertedUp bytes uploaded that the owner asserted without a settlement
    /// @param assertedDown bytes downloaded that the owner asserted without a settlement
    struct Account {
        uint96 settledUp;
        uint96 settledDown;
        uint32 creditMiB;
        uint32 updatedAt;
        uint128 assertedUp;
        uint128 assertedDown;
    }

    /// @notice The local account, all zero when there is none.
    function localAccount(bytes32 accountId) external view returns (Account memory);

    /// @notice Whether there is a local account: for a successor's first writes, most of which find none.
    function hasLocalAccount(bytes32 accountId) external view returns (bool);

    /// @notice The account that a name is bound to here, zero when it is not.
    /// @param nameHash keccak256 of the name's bytes
    function localAccountOfName(bytes32 nameHash) external view returns (bytes32 accountId);

    /// @notice The account that a further key leads to here, zero when it leads to none.
    /// @param keyHash keccak256 of 20 address bytes or 48 BLS public key bytes
    function localAccountOfKey(bytes32 keyHash) external view returns (bytes32 accountId);

    /// @notice The name hash bound to an account here, zero when it has no name.
    function localNameOf(bytes32 accountId) external view returns (bytes32 nameHash);

    /// @notice What `addUser` stored here, all empty when it was not called for that name.
    function localCredentials(bytes32 nameHash)
        external
        view
        returns (string memory username, string memory salt, bytes32 passwordHash);

    /// @notice The number of the key that is in force here, 0 for the first key.
    function localKeyNumberOf(bytes32 accountId) external view returns (uint64 number);

    /// @notice One of an account's keys as it is held here, empty when it is not.
    function localKeyAt(bytes32 accountId, uint64 number) external view returns (bytes memory key);
}
