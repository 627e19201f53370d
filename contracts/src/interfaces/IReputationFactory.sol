// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The birthplace of ledgers, with both originals' functions and events
/// @notice Everyone may create a ledger and becomes its owner. Only ledgers that run known code can be referred to:
/// those of this factory and of the earlier ones it was deployed with.
interface IReputationFactory {
    /// @notice A ledger was created by `createReputation`.
    /// @param attestation whatever the creator passed, logged and not verified
    event ReputationCreated(address newReputationAddress, address owner, address referrer, bytes attestation);

    /// @notice A ledger was created by `deployNewTracker`.
    event NewReputationTracker(address indexed newContract, address indexed referrer, address indexed caller);

    /// @notice The referrer is neither zero nor a ledger of this factory or of an earlier one.
    error InvalidReferrer();

    /// @notice An earlier factory must be a contract.
    error InvalidFactory(address factory);

    /// @notice Creates a ledger that the caller owns.
    /// @param referrerReputation the ledger it continues, or zero
    /// @param attestation logged, for example a quote of the trusted environment the owner runs in
    function createReputation(address referrerReputation, bytes calldata attestation) external returns (address);

    /// @notice Creates a ledger that the caller owns.
    /// @param referrer the ledger it continues, or zero
    function deployNewTracker(address referrer) external returns (address);

    /// @notice Whether a ledger was born here.
    function isTracker(address ledger) external view returns (bool);

    /// @notice Whether a ledger may be referred to: zero, born here, or born of an earlier factory.
    function acceptsReferrer(address referrer) external view returns (bool);

    /// @notice The code that every ledger of this factory runs.
    function implementation() external view returns (address);

    /// @notice The factories whose ledgers may be referred to as well, fixed at deployment.
    function earlierFactories() external view returns (address[] memory);

    /// @notice Where the next ledger of a creator will stand, whoever else creates ledgers in between.
    function nextAddress(address creator, address referrer) external view returns (address);
}
