// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The ledger by address: the ABI of the AI-agent variant's `ReputationTracker`
/// @notice All functions are the original's. `uploadBytes` contains the initial credit.
interface IAddressReputation {
    struct UserReputation {
        uint256 uploadBytes;
        uint256 downloadBytes;
        uint256 lastUpdated;
    }

    /// @notice An address became an account of this ledger.
    event UserRegistered(address indexed user, uint256 timestamp);

    /// @notice The owner asserted that an address moved this many more bytes.
    event ReputationUpdated(address indexed user, uint256 uploadDelta, uint256 downloadDelta);

    /// @notice The address has its initial credit here already.
    error AlreadyRegistered(address user);

    /// @notice The same as `referrerReputation`.
    function REFERRER() external view returns (address);

    /// @notice The same as `owner`.
    function TRACKER() external view returns (address);

    /// @notice What `register` grants: 1 GiB in bytes.
    function INITIAL_CREDIT() external view returns (uint256);

    /// @notice An address's totals as they are stored here.
    function users(address user) external view returns (uint256 uploadBytes, uint256 downloadBytes, uint256 lastUpdated);

    /// @notice Gives an address an account with the initial credit. Owner only. An address that the referrer knows
    /// keeps its history and its credit and is granted none again.
    /// @return registered always true
    function register(address user) external returns (bool registered);

    /// @notice Asserts that an address moved more bytes; an unknown one is registered first. Owner only.
    /// @param uploadDelta bytes more than before
    /// @param downloadDelta bytes more than before
    function updateReputation(address user, uint256 uploadDelta, uint256 downloadDelta) external;

    /// @notice An address's totals, from here or else from the referrer.
    function getReputation(address user) external view returns (UserReputation memory);

    /// @notice Upload divided by download, times 1e18; the largest uint256 when nothing was downloaded.
    function getRatio(address user) external view returns (uint256);
}
