// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What a client of the original tracker knows of a ledger: these functions and no others
/// @notice Written from the original's ABI and independent of `src`, so that a change there cannot change it here.
interface ITrackerOriginal {
    struct UserData {
        string username;
        string salt;
        bytes32 passwordHash;
        uint256 downloadSize;
        uint256 uploadSize;
    }

    function owner() external view returns (address);

    function referrerReputation() external view returns (address);

    function addUser(
        string calldata username,
        string calldata salt,
        bytes32 passwordHash,
        uint256 downloadSize,
        uint256 uploadSize
    ) external;

    function updateUser(string calldata username, uint256 downloadSize, uint256 uploadSize) external;

    function migrateUserData(string calldata username) external;

    function getUserData(string calldata username) external view returns (UserData memory);

    function allUsers(string calldata username)
        external
        view
        returns (string memory, string memory, bytes32, uint256, uint256);

    function setOffchainDataUrl(string calldata url) external;

    function getOffchainDataUrl() external view returns (string memory);

    function offchainDataUrl() external view returns (string memory);
}

/// @title What a client of the original tracker knows of the factory
interface ITrackerFactoryOriginal {
    event ReputationCreated(address newReputationAddress, address owner, address referrer, bytes attestation);

    function createReputation(address referrerReputation, bytes calldata attestation) external returns (address);
}
