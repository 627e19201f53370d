// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {IAddressReputation} from "../../src/interfaces/IAddressReputation.sol";
import {IKeyRegistry} from "../../src/interfaces/IKeyRegistry.sol";
import {IReputationFactory} from "../../src/interfaces/IReputationFactory.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {IUsernameReputation} from "../../src/interfaces/IUsernameReputation.sol";

/// @notice The numbers that clients of the originals were compiled with.
contract AbiTest is Test {
    function test_FactorySelectorsAreTheOriginals() public pure {
        assertEq(IReputationFactory.createReputation.selector, bytes4(0x372e3ff5));
        assertEq(IReputationFactory.deployNewTracker.selector, bytes4(0xf09794a6));
        assertEq(IReputationFactory.InvalidReferrer.selector, bytes4(keccak256("InvalidReferrer()")));
    }

    function test_FactoryTopicsAreTheOriginals() public pure {
        assertEq(
            IReputationFactory.ReputationCreated.selector,
            bytes32(0x1fc0719d46d78aabb186522e969085d1f91976b4fb446cff414921d41f804442)
        );
        assertEq(
            IReputationFactory.NewReputationTracker.selector,
            bytes32(0xba31eae356260bfb4d80357b3bbbe81bfca92a24ca2d6ede78eeaabc0871bf05)
        );
    }

    function test_UsernameSelectorsAreTheOriginals() public pure {
        assertEq(IUsernameReputation.getUserData.selector, bytes4(0x54ab2403));
        assertEq(IUsernameReputation.addUser.selector, bytes4(0x0923742b));
        assertEq(IUsernameReputation.updateUser.selector, bytes4(0x293bf5b4));
        assertEq(IUsernameReputation.migrateUserData.selector, bytes4(0x03260ecb));
        assertEq(IUsernameReputation.setOffchainDataUrl.selector, bytes4(0x91bd8ff3));
        assertEq(IUsernameReputation.getOffchainDataUrl.selector, bytes4(0x49c1a25e));
        assertEq(IUsernameReputation.owner.selector, bytes4(0x8da5cb5b));
        assertEq(IUsernameReputation.referrerReputation.selector, bytes4(0x0fcf75e7));
        assertEq(IUsernameReputation.allUsers.selector, bytes4(0x85a702be));
        assertEq(IUsernameReputation.offchainDataUrl.selector, bytes4(0xb5403e07));
    }

    function test_AddressSelectorsAreTheOriginals() public pure {
        assertEq(IAddressReputation.REFERRER.selector, bytes4(0xc0560374));
        assertEq(IAddressReputation.TRACKER.selector, bytes4(0xf9f7b890));
        assertEq(IAddressReputation.register.selector, bytes4(0x4420e486));
        assertEq(IAddressReputation.updateReputation.selector, bytes4(0x2c92a969));
        assertEq(IAddressReputation.getReputation.selector, bytes4(0x9c89a0e2));
        assertEq(IAddressReputation.getRatio.selector, bytes4(0x754b2707));
        assertEq(IAddressReputation.INITIAL_CREDIT.selector, bytes4(0x64405103));
        assertEq(IAddressReputation.users.selector, bytes4(0xa87430ba));
    }

    function test_AddressTopicsAreTheOriginals() public pure {
        assertEq(IAddressReputation.UserRegistered.selector, keccak256("UserRegistered(address,uint256)"));
        assertEq(IAddressReputation.ReputationUpdated.selector, keccak256("ReputationUpdated(address,uint256,uint256)"));
    }

    function test_SettlementSelectorsAreFixed() public pure {
        assertEq(ISettlement.enroll.selector, bytes4(keccak256("enroll((bytes32,bytes32,uint32)[])")));
        assertEq(
            ISettlement.settle.selector, bytes4(keccak256("settle(uint64,bytes32,uint64,(bytes32,uint256,uint256)[])"))
        );
        assertEq(ISettlement.Settled.selector, keccak256("Settled(uint64,bytes32,uint64,uint256)"));
        assertEq(ISettlement.Enrolled.selector, keccak256("Enrolled(bytes32,bytes32,uint32)"));
        assertEq(ISettlement.lastSeq.selector, bytes4(keccak256("lastSeq()")));
        assertEq(ISettlement.rootOf.selector, bytes4(keccak256("rootOf(uint64)")));
        assertEq(ISettlement.migrate.selector, bytes4(keccak256("migrate(bytes32)")));
    }

    function test_KeyRegistrySelectorsAreFixed() public pure {
        assertEq(IKeyRegistry.publishKeys.selector, bytes4(keccak256("publishKeys(bytes[])")));
        assertEq(IKeyRegistry.rotateKey.selector, bytes4(keccak256("rotateKey(bytes32,uint64,bytes)")));
        assertEq(IKeyRegistry.keyOf.selector, bytes4(keccak256("keyOf(bytes32)")));
        assertEq(IKeyRegistry.keyNumberOf.selector, bytes4(keccak256("keyNumberOf(bytes32)")));
        assertEq(IKeyRegistry.keyAt.selector, bytes4(keccak256("keyAt(bytes32,uint64)")));
        assertEq(IKeyRegistry.accountIdOfKey.selector, bytes4(keccak256("accountIdOfKey(bytes)")));
        assertEq(IKeyRegistry.KeyPublished.selector, keccak256("KeyPublished(bytes32,bytes)"));
        assertEq(IKeyRegistry.KeyRotated.selector, keccak256("KeyRotated(bytes32,bytes32,uint64,bytes)"));
        assertEq(IKeyRegistry.KeyImported.selector, keccak256("KeyImported(bytes32,address,uint64,bytes)"));
    }
}
