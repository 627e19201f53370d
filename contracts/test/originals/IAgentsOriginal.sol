// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What a client of the AI-agent variant knows of a ledger: these functions and no others
/// @notice Written from the original's ABI and independent of `src`, so that a change there cannot change it here.
interface IAgentsOriginal {
    struct UserReputation {
        uint256 uploadBytes;
        uint256 downloadBytes;
        uint256 lastUpdated;
    }

    event UserRegistered(address indexed user, uint256 timestamp);
    event ReputationUpdated(address indexed user, uint256 uploadDelta, uint256 downloadDelta);

    function REFERRER() external view returns (address);

    function TRACKER() external view returns (address);

    function INITIAL_CREDIT() external view returns (uint256);

    function users(address user) external view returns (uint256, uint256, uint256);

    function register(address user) external returns (bool);

    function updateReputation(address user, uint256 uploadDelta, uint256 downloadDelta) external;

    function getReputation(address user) external view returns (UserReputation memory);

    function getRatio(address user) external view returns (uint256);
}

/// @title What a client of the AI-agent variant knows of the factory
interface IAgentsFactoryOriginal {
    event NewReputationTracker(address indexed newContract, address indexed referrer, address indexed caller);

    error InvalidReferrer();

    function deployNewTracker(address referrer) external returns (address);
}
