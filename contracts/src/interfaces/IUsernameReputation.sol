// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The ledger by username: the ABI of the original tracker's `Reputation`
/// @notice All functions are the original's. Sizes are bytes and totals, without initial credit.
interface IUsernameReputation {
    /// @param salt public, as everything on a chain is: it protects nobody's password by being stored here
    /// @param passwordHash public too; only a slow hash, computed before it gets here, survives guessing
    struct UserData {
        string username;
        string salt;
        bytes32 passwordHash;
        uint256 downloadSize;
        uint256 uploadSize;
    }

    /// @notice A user was added by name.
    event UserAdded(bytes32 indexed accountId, bytes32 indexed nameHash, string username);

    /// @notice A user's totals were asserted by name.
    event UserUpdated(bytes32 indexed accountId, bytes32 indexed nameHash, uint256 downloadSize, uint256 uploadSize);

    /// @notice The owner named another place for the off-chain data.
    event OffchainDataUrlChanged(string url);

    /// @notice The name is in use, here or in the referrer.
    error UserExists(string username);

    /// @notice The name is known neither here nor in the referrer.
    error UserUnknown(string username);

    /// @notice A password hash of zero means "no such user" to clients of the original.
    error EmptyPasswordHash(string username);

    /// @notice A total would fall. Totals only grow.
    error TotalsMayNotFall(
        bytes32 accountId, uint256 currentUp, uint256 currentDown, uint256 requestedUp, uint256 requestedDown
    );

    /// @notice The only address that may write, fixed at deployment.
    function owner() external view returns (address);

    /// @notice The ledger whose history this one continues, zero when there is none.
    function referrerReputation() external view returns (address);

    /// @notice A user's data, from here or else from the referrer; empty strings and zeros when neither knows the name.
    function getUserData(string calldata username) external view returns (UserData memory);

    /// @notice A user's data as it is stored here.
    function allUsers(string calldata username)
        external
        view
        returns (
            string memory storedUsername,
            string memory salt,
            bytes32 passwordHash,
            uint256 downloadSize,
            uint256 uploadSize
        );

    /// @notice Adds a user whose account id is keccak256("pbts:name" || username). Owner only.
    /// @param username free here and in the referrer, otherwise `UserExists`
    /// @param salt see `UserData`
    /// @param passwordHash see `UserData`; not zero
    /// @param downloadSize bytes, asserted
    /// @param uploadSize bytes, asserted
    function addUser(
        string calldata username,
        string calldata salt,
        bytes32 passwordHash,
        uint256 downloadSize,
        uint256 uploadSize
    ) external;

    /// @notice Asserts a user's totals. Owner only. What settlements do not explain is kept apart as asserted.
    /// @param downloadSize total bytes, at least the present total
    /// @param uploadSize total bytes, at least the present total
    function updateUser(string calldata username, uint256 downloadSize, uint256 uploadSize) external;

    /// @notice Copies a user from the referrer. Open to everyone, also when the owner is gone. Does nothing when the
    /// referrer does not know the name; reverts with `UserExists` when this ledger already does.
    function migrateUserData(string calldata username) external;

    /// @notice Names the place of the off-chain data. Owner only.
    function setOffchainDataUrl(string calldata url) external;

    /// @notice The place of the off-chain data.
    function getOffchainDataUrl() external view returns (string memory);

    /// @notice The same as `getOffchainDataUrl`.
    function offchainDataUrl() external view returns (string memory);
}
