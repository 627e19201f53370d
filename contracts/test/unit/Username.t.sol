// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReputation} from "../../src/interfaces/IReputation.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {IUsernameReputation} from "../../src/interfaces/IUsernameReputation.sol";
import {Fixture} from "../Fixture.sol";

contract UsernameTest is Fixture {
    function test_AnAddedUserIsReadBack() public {
        vm.expectEmit(address(ledger));
        emit IUsernameReputation.UserAdded(idOfAddedName("alice"), ALICE_NAME, "alice");
        addUser(ledger, "alice", 100, 200);

        IUsernameReputation.UserData memory user = ledger.getUserData("alice");
        assertEq(user.username, "alice");
        assertEq(user.salt, "salt");
        assertEq(user.passwordHash, PASSWORD_HASH);
        assertEq(user.downloadSize, 100);
        assertEq(user.uploadSize, 200);
        assertEq(ledger.accountIdOfName("alice"), idOfAddedName("alice"));
    }

    function test_TheOriginalsPublicMappingIsReadable() public {
        addUser(ledger, "alice", 100, 200);
        (string memory username, string memory salt, bytes32 passwordHash, uint256 down, uint256 up) =
            ledger.allUsers("alice");
        assertEq(username, "alice");
        assertEq(salt, "salt");
        assertEq(passwordHash, PASSWORD_HASH);
        assertEq(down, 100);
        assertEq(up, 200);
    }

    function test_AnUnknownUserIsEmptyAndNotAnError() public view {
        IUsernameReputation.UserData memory user = ledger.getUserData("nobody");
        assertEq(abi.encode(user), abi.encode(IUsernameReputation.UserData("", "", 0, 0, 0)));
        (string memory username,, bytes32 passwordHash,,) = ledger.allUsers("nobody");
        assertEq(username, "");
        assertEq(passwordHash, 0);
    }

    function test_AnExistingUserIsNotOverwritten() public {
        addUser(ledger, "alice", 100, 200);
        vm.expectRevert(abi.encodeWithSelector(IUsernameReputation.UserExists.selector, "alice"));
        vm.prank(OWNER);
        ledger.addUser("alice", "other", keccak256("other"), 0, 0);
    }

    function test_AnEnrolledNameIsAnExistingUser() public {
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        vm.expectRevert(abi.encodeWithSelector(IUsernameReputation.UserExists.selector, "alice"));
        vm.prank(OWNER);
        ledger.addUser("alice", "salt", PASSWORD_HASH, 0, 0);
    }

    function test_AUserOfTheReferrerIsNotShadowed() public {
        addUser(ledger, "alice", 1000, 10);
        IReputation successor = successorOf(ledger);
        vm.expectRevert(abi.encodeWithSelector(IUsernameReputation.UserExists.selector, "alice"));
        vm.prank(OWNER);
        successor.addUser("alice", "salt", PASSWORD_HASH, 0, 0);
    }

    function test_APasswordHashOfZeroWouldMeanNoUser() public {
        vm.expectRevert(abi.encodeWithSelector(IUsernameReputation.EmptyPasswordHash.selector, "alice"));
        vm.prank(OWNER);
        ledger.addUser("alice", "salt", 0, 0, 0);
    }

    function test_UpdateSetsTotals() public {
        addUser(ledger, "alice", 0, 0);
        vm.expectEmit(address(ledger));
        emit IUsernameReputation.UserUpdated(idOfAddedName("alice"), ALICE_NAME, 500_000, 1_000_000);
        updateUser(ledger, "alice", 500_000, 1_000_000);
        assertEq(ledger.getUserData("alice").downloadSize, 500_000);
        assertEq(ledger.getUserData("alice").uploadSize, 1_000_000);
    }

    function test_TheSameTotalsAgainAreNoFall() public {
        addUser(ledger, "alice", 7, 9);
        updateUser(ledger, "alice", 7, 9);
        assertBytes(ledger, idOfAddedName("alice"), 9, 7);
    }

    function testFuzz_TotalsNeverFall(uint128 down, uint128 up, uint128 newDown, uint128 newUp) public {
        vm.assume(newDown < down || newUp < up);
        addUser(ledger, "alice", down, up);
        vm.expectRevert(
            abi.encodeWithSelector(
                IUsernameReputation.TotalsMayNotFall.selector, idOfAddedName("alice"), up, down, newUp, newDown
            )
        );
        vm.prank(OWNER);
        ledger.updateUser("alice", newDown, newUp);
    }

    function test_AnUnknownUserCannotBeUpdated() public {
        vm.expectRevert(abi.encodeWithSelector(IUsernameReputation.UserUnknown.selector, "nobody"));
        vm.prank(OWNER);
        ledger.updateUser("nobody", 1, 1);
    }

    function test_AssertedBytesAreKeptApartFromSettledOnes() public {
        enroll(ledger, ALICE, ALICE_NAME, 0);
        settle(ledger, ALICE, BOB, 100);
        updateUser(ledger, "alice", 40, 150);

        ISettlement.AccountState memory state = ledger.getAccount(ALICE);
        assertEq(state.settledUp, 100);
        assertEq(state.settledDown, 0);
        assertEq(state.assertedUp, 50);
        assertEq(state.assertedDown, 40);
        assertEq(ledger.getUserData("alice").uploadSize, 150);
        assertEq(ledger.totals().settledUp, ledger.totals().settledDown);
        assertEq(ledger.totals().assertedUp, 50);
        assertEq(ledger.totals().assertedDown, 40);
    }

    function test_SettledBytesComeOnTopOfAssertedOnes() public {
        enroll(ledger, ALICE, ALICE_NAME, 0);
        updateUser(ledger, "alice", 0, 10);
        settle(ledger, ALICE, BOB, 5);
        assertEq(ledger.getUserData("alice").uploadSize, 15);
    }

    function test_UsernameViewsLeaveCreditOut() public {
        enroll(ledger, ALICE, ALICE_NAME, 1024);
        assertEq(ledger.getUserData("alice").uploadSize, 0);
        assertEq(ledger.getUserData("alice").username, "alice");
        assertEq(ledger.getUserData("alice").passwordHash, 0);
    }

    function test_TheOffchainDataUrlIsTheOwnersToName() public {
        vm.prank(OWNER);
        ledger.setOffchainDataUrl("ipfs://epochs");
        assertEq(ledger.getOffchainDataUrl(), "ipfs://epochs");
        assertEq(ledger.offchainDataUrl(), "ipfs://epochs");
    }
}
