// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Script} from "forge-std/Script.sol";
import {console2} from "forge-std/console2.sol";

import {ReputationFactory} from "../src/ReputationFactory.sol";

/// @notice Deploys the factory and the ledger that settlements go to, both with the key in PRIVATE_KEY, which becomes
/// the ledger's owner for good.
///
///     forge script script/DeployPBTS.s.sol --rpc-url $RPC_URL --broadcast
///
/// Optional: FACTORY, an existing factory to use; EARLIER_FACTORIES, addresses joined by commas, whose ledgers a new
/// factory accepts as referrers; REFERRER, the ledger that the new one continues. The key is read from the
/// environment and not taken as an argument, so that it shows in no list of processes.
contract DeployPBTS is Script {
    error KeyIsNotOf(string deployer);

    function run() external {
        uint256 key = vm.envUint("PRIVATE_KEY");
        address known = vm.envOr("FACTORY", address(0));
        ReputationFactory factory = known == address(0) ? _deployFactory(key) : ReputationFactory(known);

        vm.startBroadcast(key);
        address ledger = factory.createReputation(vm.envOr("REFERRER", address(0)), "PBTS-Tracker-v1.0");
        vm.stopBroadcast();
        console2.log("REPUTATION=%s", ledger);
    }

    /// @notice Deploys the factory alone; what `deploy_factory.sh` runs. With DEPLOYER, only with that address's key.
    function deployFactory() external {
        uint256 key = vm.envUint("PRIVATE_KEY");
        string memory deployer = vm.envOr("DEPLOYER", string(""));
        require(bytes(deployer).length == 0 || vm.parseAddress(deployer) == vm.addr(key), KeyIsNotOf(deployer));
        _deployFactory(key);
    }

    function _deployFactory(uint256 key) private returns (ReputationFactory factory) {
        address[] memory earlier = vm.envOr("EARLIER_FACTORIES", ",", new address[](0));
        vm.startBroadcast(key);
        factory = new ReputationFactory(earlier);
        vm.stopBroadcast();
        console2.log("FACTORY=%s", address(factory));
    }
}
