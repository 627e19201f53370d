// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAgentsOriginal} from "./IAgentsOriginal.sol";

/// @title The variant's rule, kept to be refuted: what a ledger does when a first write starts a fresh record and reads
/// are handed on from referrer to referrer
/// @notice Tests assert that their predicates fail here. Nothing else may use it.
contract OriginalRule is IAgentsOriginal {
    address public immutable REFERRER;
    address public immutable TRACKER = msg.sender;
    uint256 public constant INITIAL_CREDIT = 1 << 30;

    mapping(address user => UserReputation) public users;

    constructor(address referrer) {
        REFERRER = referrer;
    }

    function register(address user) public returns (bool) {
        require(users[user].lastUpdated == 0, "Already registered");
        users[user] = UserReputation(INITIAL_CREDIT, 0, block.timestamp);
        emit UserRegistered(user, block.timestamp);
        return true;
    }

    function updateReputation(address user, uint256 uploadDelta, uint256 downloadDelta) external {
        if (users[user].lastUpdated == 0) register(user);
        users[user].uploadBytes += uploadDelta;
        users[user].downloadBytes += downloadDelta;
        users[user].lastUpdated = block.timestamp;
        emit ReputationUpdated(user, uploadDelta, downloadDelta);
    }

    function getReputation(address user) external view returns (UserReputation memory) {
        if (users[user].lastUpdated != 0 || REFERRER == address(0)) return users[user];
        return IAgentsOriginal(REFERRER).getReputation(user);
    }

    function getRatio(address user) external view returns (uint256) {
        UserReputation memory found = users[user];
        if (found.lastUpdated == 0 && REFERRER != address(0)) return IAgentsOriginal(REFERRER).getRatio(user);
        return found.downloadBytes == 0 ? type(uint256).max : found.uploadBytes * 1e18 / found.downloadBytes;
    }
}
