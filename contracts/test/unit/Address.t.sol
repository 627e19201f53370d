// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAddressReputation} from "../../src/interfaces/IAddressReputation.sol";
import {IReputation} from "../../src/interfaces/IReputation.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {Fixture} from "../Fixture.sol";

contract AddressTest is Fixture {
    function test_RegisteringGrantsOneGibibyte() public {
        vm.expectEmit(address(ledger));
        emit IAddressReputation.UserRegistered(WALLET, block.timestamp);
        vm.prank(OWNER);
        assertTrue(ledger.register(WALLET));

        IAddressReputation.UserReputation memory found = ledger.getReputation(WALLET);
        assertEq(found.uploadBytes, 1_073_741_824);
        assertEq(found.uploadBytes, ledger.INITIAL_CREDIT());
        assertEq(found.downloadBytes, 0);
        assertEq(found.lastUpdated, block.timestamp);
        assertEq(ledger.accountIdOf(WALLET), idOf(WALLET));
    }

    function test_RegisteringTwiceIsRefused() public {
        register(ledger, WALLET);
        vm.expectRevert(abi.encodeWithSelector(IAddressReputation.AlreadyRegistered.selector, WALLET));
        vm.prank(OWNER);
        ledger.register(WALLET);
    }

    function test_AnEnrolledWalletIsRegistered() public {
        enroll(ledger, idOf(WALLET), ALICE_NAME, 1024);
        vm.expectRevert(abi.encodeWithSelector(IAddressReputation.AlreadyRegistered.selector, WALLET));
        vm.prank(OWNER);
        ledger.register(WALLET);
    }

    function test_RegisteringGrantsWhatWasPending() public {
        enroll(ledger, idOf(WALLET), ALICE_NAME, 0);
        register(ledger, WALLET);
        assertEq(ledger.getReputation(WALLET).uploadBytes, GIB);
    }

    function test_UpdatesAddUpOnTopOfTheCredit() public {
        register(ledger, WALLET);
        vm.expectEmit(address(ledger));
        emit IAddressReputation.ReputationUpdated(WALLET, 500, 200);
        updateReputation(ledger, WALLET, 500, 200);
        updateReputation(ledger, WALLET, 1, 1);

        assertEq(ledger.getReputation(WALLET).uploadBytes, GIB + 501);
        assertEq(ledger.getReputation(WALLET).downloadBytes, 201);
        (uint256 up, uint256 down, uint256 time) = ledger.users(WALLET);
        assertEq(up, GIB + 501);
        assertEq(down, 201);
        assertEq(time, block.timestamp);
    }

    function test_AnUpdateRegistersAnUnknownAddress() public {
        updateReputation(ledger, WALLET, 3, 4);
        assertEq(ledger.getReputation(WALLET).uploadBytes, GIB + 3);
        assertEq(ledger.getAccount(idOf(WALLET)).creditMiB, 1024);
    }

    function test_AnUpdateIsAssertedAndNotSettled() public {
        updateReputation(ledger, WALLET, 3, 4);
        ISettlement.AccountState memory state = ledger.getAccount(idOf(WALLET));
        assertEq(state.settledUp, 0);
        assertEq(state.assertedUp, 3);
        assertEq(state.assertedDown, 4);
        assertEq(ledger.totals().settledUp, 0);
    }

    function test_SettlementsShowInAddressViews() public {
        enroll(ledger, idOf(WALLET), 0, 1024);
        settle(ledger, idOf(WALLET), BOB, 77);
        assertEq(ledger.getReputation(WALLET).uploadBytes, GIB + 77);
    }

    function test_TheRatioIsScaledBy1e18() public {
        updateReputation(ledger, WALLET, 2 * GIB, GIB);
        assertEq(ledger.getRatio(WALLET), 3e18);
    }

    function test_WithoutDownloadsTheRatioIsTheLargestNumber() public {
        assertEq(ledger.getRatio(WALLET), type(uint256).max);
        register(ledger, WALLET);
        assertEq(ledger.getRatio(WALLET), type(uint256).max);
    }

    function testFuzz_TheRatioDividesTheViewsNumbers(uint96 up, uint96 down) public {
        vm.assume(down != 0);
        updateReputation(ledger, WALLET, up, down);
        assertEq(ledger.getRatio(WALLET), (uint256(GIB) + up) * 1e18 / down);
    }

    function test_AnUnknownAddressIsAllZero() public view {
        IAddressReputation.UserReputation memory found = ledger.getReputation(WALLET);
        assertEq(found.uploadBytes + found.downloadBytes + found.lastUpdated, 0);
    }

    function test_BothOriginalsNamesForAuthorityAndReferrerAgree() public {
        IReputation successor = successorOf(ledger);
        assertEq(successor.TRACKER(), OWNER);
        assertEq(successor.owner(), OWNER);
        assertEq(successor.REFERRER(), address(ledger));
        assertEq(successor.referrerReputation(), address(ledger));
    }
}
