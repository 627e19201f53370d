// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReputationFactory} from "../../src/ReputationFactory.sol";
import {IAddressReputation} from "../../src/interfaces/IAddressReputation.sol";
import {IReputation} from "../../src/interfaces/IReputation.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {IUsernameReputation} from "../../src/interfaces/IUsernameReputation.sol";
import {Fixture} from "../Fixture.sol";

contract SuccessionTest is Fixture {
    IReputation private successor;

    function setUp() public override {
        super.setUp();
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        enroll(ledger, BOB, BOB_NAME, 1024);
        settle(ledger, ALICE, BOB, 1000);
        settle(ledger, BOB, ALICE, 100);
        addUser(ledger, "carol", 70, 7);
        updateReputation(ledger, WALLET, GIB, 4 * GIB);
        successor = successorOf(ledger);
        vm.warp(block.timestamp + 1 days);
    }

    // ---- reads

    function test_ASuccessorReadsItsReferrersHistory() public view {
        ISettlement.AccountState memory state = successor.getAccount(ALICE);
        assertEq(uint8(state.source), uint8(ISettlement.Source.Referrer));
        assertEq(state.settledUp, 1000);
        assertEq(state.settledDown, 100);
        assertEq(state.creditMiB, 1024);
        assertEq(successor.getReputation(WALLET).uploadBytes, 2 * GIB);
        assertEq(successor.getRatio(WALLET), 0.5e18);
        assertEq(successor.getUserData("carol").downloadSize, 70);
        assertEq(successor.getUserData("carol").passwordHash, PASSWORD_HASH);
        assertEq(successor.getUserData("carol").salt, "salt");
        assertEq(successor.accountIdOfName("alice"), ALICE);
        assertEq(successor.nameOf(ALICE), ALICE_NAME);
    }

    function test_TheOriginalsLocalViewsStayLocal() public view {
        (uint256 up,, uint256 time) = successor.users(WALLET);
        assertEq(up + time, 0);
        (,, bytes32 passwordHash,,) = successor.allUsers("carol");
        assertEq(passwordHash, 0);
    }

    function test_ReadsEndAfterOneHop() public {
        IReputation third = successorOf(successor);
        assertEq(uint8(third.getAccount(ALICE).source), uint8(ISettlement.Source.None));
        assertEq(third.getReputation(WALLET).lastUpdated, 0);
        assertEq(third.getUserData("carol").username, "");
        assertEq(third.accountIdOfName("alice"), 0);
    }

    function test_IdleAccountsOutliveTwoMovesWhenSomebodyMigratesThem() public {
        bytes32[] memory idle = new bytes32[](3);
        (idle[0], idle[1], idle[2]) = (ALICE, BOB, keccak256("nobody"));
        vm.prank(STRANGER);
        successor.migrateAll(idle);
        IReputation third = successorOf(successor);
        vm.prank(STRANGER);
        third.migrateAll(idle);
        third.migrateAll(idle);

        ISettlement.AccountState memory alice = third.getAccount(ALICE);
        assertEq(uint8(alice.source), uint8(ISettlement.Source.Local));
        assertEq(alice.settledUp, 1000);
        assertEq(alice.settledDown, 100);
        assertEq(alice.importedUp, 1000);
        assertEq(third.accountIdOfName("alice"), ALICE);
        assertEq(third.getAccount(BOB).settledDown, 1000);
        assertEq(third.totals().importedUp, 1100);
        assertEq(uint8(third.getAccount(idle[2]).source), uint8(ISettlement.Source.None));
    }

    function test_MigratingManyIsCapped() public {
        uint256 cap = successor.MAX_BATCH();
        vm.expectRevert(abi.encodeWithSelector(ISettlement.BatchTooLarge.selector, cap + 1, cap));
        successor.migrateAll(new bytes32[](cap + 1));
    }

    // ---- first writes

    function test_FirstWriteCopiesTheReferrersRecordSoHistoryCannotBeWashed() public {
        assertEq(successor.getRatio(WALLET), 0.5e18);
        register(successor, WALLET);
        assertEq(successor.getRatio(WALLET), 0.5e18, "registering again washes nothing");
        updateReputation(successor, WALLET, 0, 0);
        assertEq(successor.getRatio(WALLET), 0.5e18, "nor does an update");
        enroll(successor, BOB, BOB_NAME, 1024);
        assertBytes(successor, BOB, 100, 1000);
        settle(successor, ALICE, BOB, 1);
        assertBytes(successor, ALICE, 1001, 100);
        updateUser(successor, "carol", 71, 8);
        assertBytes(successor, idOfAddedName("carol"), 8, 71);
    }

    function test_ACopyCarriesTheCreditAndIsNotGrantedAgain() public {
        settle(successor, ALICE, BOB, 1);
        assertEq(successor.getAccount(ALICE).creditMiB, 1024);
        register(successor, WALLET);
        assertEq(successor.getReputation(WALLET).uploadBytes, 2 * GIB);
        vm.expectRevert(abi.encodeWithSelector(IAddressReputation.AlreadyRegistered.selector, WALLET));
        vm.prank(OWNER);
        successor.register(WALLET);
    }

    function test_WhatWasImportedStaysVisible() public {
        settle(successor, ALICE, BOB, 5);
        ISettlement.AccountState memory state = successor.getAccount(ALICE);
        assertEq(uint8(state.source), uint8(ISettlement.Source.Local));
        assertEq(state.settledUp, 1005);
        assertEq(state.importedUp, 1000);
        assertEq(state.importedDown, 100);
        assertEq(state.importedAt, block.timestamp);
    }

    function test_ImportedBytesAreNotThisLedgersSettlements() public {
        settle(successor, ALICE, BOB, 5);
        ISettlement.Totals memory totals = successor.totals();
        assertEq(totals.settledUp, 5);
        assertEq(totals.settledDown, 5);
        assertEq(totals.importedUp, 1100);
        assertEq(totals.importedDown, 1100);
    }

    function test_AnImportIsAnnouncedWithItsOrigin() public {
        vm.expectEmit(address(successor));
        emit ISettlement.Imported(idOf(WALLET), address(ledger), 0, 0, 1024, GIB, 4 * GIB);
        register(successor, WALLET);
    }

    function test_AnAccountIsImportedOnce() public {
        settle(successor, ALICE, BOB, 5);
        settle(ledger, ALICE, BOB, 50_000);
        settle(successor, ALICE, BOB, 5);
        assertFalse(_migrateAll(ALICE));
        assertBytes(successor, ALICE, 1010, 100);
    }

    function test_AnAccountTheReferrerLearnsOfTooLateIsNotImported() public {
        bytes32 dave = keccak256("dave's key");
        settle(successor, dave, ALICE, 1);
        settle(ledger, dave, BOB, 500);
        settle(successor, dave, ALICE, 1);
        assertFalse(successor.migrate(dave));
        assertBytes(successor, dave, 2, 0);
    }

    function testFuzz_NoSequenceOfFirstWritesImprovesARatio(uint8 first, uint8 second) public {
        uint256 before = successor.getRatio(WALLET);
        _writeNothing(first);
        _writeNothing(second);
        assertLe(successor.getRatio(WALLET), before);
        assertEq(successor.getReputation(WALLET).downloadBytes, 4 * GIB);
    }

    // ---- migration

    function test_EveryoneMayMigrateAnAccountWithItsName() public {
        vm.prank(STRANGER);
        assertTrue(successor.migrate(ALICE));
        assertEq(uint8(successor.getAccount(ALICE).source), uint8(ISettlement.Source.Local));
        assertEq(successor.getAccount(ALICE).updatedAt, ledger.getAccount(ALICE).updatedAt);
        assertEq(successor.localAccountOfName(ALICE_NAME), ALICE);
        assertFalse(successor.migrate(ALICE));
    }

    function test_EveryoneMayMigrateAUserWithItsCredentials() public {
        vm.prank(STRANGER);
        successor.migrateUserData("carol");
        (string memory username, string memory salt, bytes32 passwordHash, uint256 down, uint256 up) =
            successor.allUsers("carol");
        assertEq(username, "carol");
        assertEq(salt, "salt");
        assertEq(passwordHash, PASSWORD_HASH);
        assertEq(down, 70);
        assertEq(up, 7);
    }

    function test_AUserThatIsHereAlreadyIsNotMigrated() public {
        successor.migrateUserData("carol");
        vm.expectRevert(abi.encodeWithSelector(IUsernameReputation.UserExists.selector, "carol"));
        successor.migrateUserData("carol");
    }

    function test_MigratingWhatNobodyKnowsDoesNothing() public {
        successor.migrateUserData("nobody");
        assertFalse(successor.migrate(keccak256("nobody")));
        assertFalse(ledger.migrate(ALICE));
        ledger.migrateUserData("nobody");
        assertEq(successor.accountIdOfName("nobody"), 0);
    }

    function test_TheZeroIdIsNotMigrated() public {
        vm.expectRevert(ISettlement.InvalidAccountId.selector);
        successor.migrate(0);
    }

    function test_TwoMovesKeepAnIdleAccountThatIsMigratedAtEach() public {
        successor.migrate(ALICE);
        successor.migrate(idOfAddedName("carol"));
        IReputation third = successorOf(successor);
        third.migrate(ALICE);
        third.migrate(idOfAddedName("carol"));

        assertBytes(third, ALICE, 1000, 100);
        assertEq(third.getAccount(ALICE).creditMiB, 1024);
        assertEq(third.accountIdOfName("alice"), ALICE);
        assertBytes(third, idOfAddedName("carol"), 7, 70);
        assertEq(third.getUserData("carol").passwordHash, PASSWORD_HASH);
    }

    function test_MigrationFollowsALinkedAddress() public {
        address second = makeAddr("second wallet");
        link(ledger, ALICE_NAME, second);
        assertEq(successor.accountIdOf(second), ALICE);
        assertTrue(successor.migrate(idOf(second)));
        assertEq(successor.localAccountOfKey(idOf(second)), ALICE);
        assertEq(successorOf(successor).accountIdOf(second), ALICE);
    }

    function test_MigrationDoesNotOverruleANameGivenHere() public {
        enroll(successor, ALICE, keccak256("alice-2"), 0);
        assertFalse(successor.migrate(ALICE));
        assertEq(successor.nameOf(ALICE), keccak256("alice-2"));
    }

    function test_AWriteByNameBringsTheNameAlong() public {
        updateUser(successor, "alice", 100, 2000);
        assertEq(successor.localAccountOfName(ALICE_NAME), ALICE);
        assertBytes(successor, ALICE, 2000, 100);
    }

    function test_AWriteByAddressBringsTheLinkAlong() public {
        address second = makeAddr("second wallet");
        link(ledger, ALICE_NAME, second);
        updateReputation(successor, second, 1, 1);
        assertEq(successor.localAccountOfKey(idOf(second)), ALICE);
        assertBytes(successor, ALICE, 1001, 101);
    }

    function test_ALocalAccountWinsOverALinkTheReferrerMakesLater() public {
        address second = makeAddr("second wallet");
        register(successor, second);
        link(ledger, ALICE_NAME, second);
        assertEq(successor.accountIdOf(second), idOf(second));
    }

    // ---- ledgers of an earlier factory

    function test_HistoryContinuesAcrossFactories() public {
        address[] memory earlier = new address[](1);
        earlier[0] = address(factory);
        ReputationFactory later = new ReputationFactory(earlier);
        vm.prank(OWNER);
        IReputation moved = IReputation(later.deployNewTracker(address(ledger)));

        assertBytes(moved, ALICE, 1000, 100);
        settle(moved, ALICE, BOB, 1);
        assertBytes(moved, ALICE, 1001, 100);
        assertBytes(moved, BOB, 100, 1001);
        moved.migrateUserData("carol");
        assertEq(moved.getUserData("carol").downloadSize, 70);
    }

    function _migrateAll(bytes32 accountId) private returns (bool changed) {
        successor.migrate(accountId); // the name
        return successor.migrate(accountId);
    }

    function _writeNothing(uint8 kind) private {
        kind %= 5;
        bool registered = successor.localAccount(idOf(WALLET)).creditMiB != 0;
        if (kind == 0 && !registered) register(successor, WALLET);
        if (kind == 1) updateReputation(successor, WALLET, 0, 0);
        if (kind == 2) enroll(successor, idOf(WALLET), 0, 1024);
        if (kind == 3) settle(successor, idOf(WALLET), BOB, 0);
        if (kind == 4) successor.migrate(idOf(WALLET));
    }
}
