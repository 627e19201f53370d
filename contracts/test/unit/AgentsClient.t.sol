// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReputationFactory} from "../../src/ReputationFactory.sol";
import {IAgentsFactoryOriginal, IAgentsOriginal} from "../originals/IAgentsOriginal.sol";
import {OriginalClient} from "../originals/OriginalClient.sol";

/// @notice The AI-agent variant's client lives its whole life on our contracts.
contract AgentsClientTest is OriginalClient {
    address private immutable WALLET = makeAddr("wallet");
    IAgentsOriginal private ledger;
    IAgentsOriginal private successor;

    function setUp() public override {
        super.setUp();
        ledger = _deploy(address(0));
        successor = _deploy(address(ledger));
    }

    function test_TheInterfacesCarryTheOriginalsSelectorsAndNoOthers() public pure {
        bytes4 all = bytes4(0xc0560374) ^ 0xf9f7b890 ^ 0x4420e486 ^ 0x2c92a969 ^ 0x9c89a0e2 ^ 0x754b2707;
        assertEq(type(IAgentsOriginal).interfaceId, all ^ 0x64405103 ^ 0xa87430ba);
        assertEq(type(IAgentsFactoryOriginal).interfaceId, bytes4(0xf09794a6));
    }

    // ---- selector by selector

    function test_DeployNewTracker() public {
        address expected = ReputationFactory(factory).nextAddress(OWNER, address(ledger));
        vm.expectEmit(factory);
        emit IAgentsFactoryOriginal.NewReputationTracker(expected, address(ledger), OWNER);
        assertEq(IAgentsFactoryOriginal(factory).deployNewTracker(address(ledger)), expected);
    }

    function test_DeployNewTrackerRefusesWhatIsNoContract() public {
        vm.expectRevert(IAgentsFactoryOriginal.InvalidReferrer.selector);
        IAgentsFactoryOriginal(factory).deployNewTracker(STRANGER);
    }

    function test_ReferrerAndTracker() public view {
        assertEq(ledger.REFERRER(), address(0));
        assertEq(successor.REFERRER(), address(ledger));
        assertEq(successor.TRACKER(), OWNER);
    }

    function test_InitialCredit() public view {
        assertEq(ledger.INITIAL_CREDIT(), 1_073_741_824);
    }

    function test_Register() public {
        vm.expectEmit(address(ledger));
        emit IAgentsOriginal.UserRegistered(WALLET, block.timestamp);
        assertTrue(ledger.register(WALLET));
        _assertReputation(ledger, GIB, 0);
        assertRefused(address(ledger), abi.encodeCall(ledger.register, (WALLET)));
    }

    function test_UpdateReputation() public {
        ledger.register(WALLET);
        vm.expectEmit(address(ledger));
        emit IAgentsOriginal.ReputationUpdated(WALLET, 5, 7);
        ledger.updateReputation(WALLET, 5, 7);
        _assertReputation(ledger, GIB + 5, 7);
    }

    function test_UpdateReputationGrantsTheUnknownTheirCredit() public {
        ledger.updateReputation(WALLET, 5, 7);
        _assertReputation(ledger, GIB + 5, 7);
    }

    function test_UsersIsLocal() public {
        ledger.register(WALLET);
        (uint256 up, uint256 down, uint256 time) = ledger.users(WALLET);
        assertEq(abi.encode(up, down, time), abi.encode(GIB, 0, block.timestamp));
        (up, down, time) = successor.users(WALLET);
        assertEq(up + down + time, 0);
    }

    function test_GetReputationAndGetRatioReadTheReferrer() public {
        ledger.updateReputation(WALLET, GIB, GIB);
        _assertReputation(successor, 2 * GIB, GIB);
        assertEq(successor.getRatio(WALLET), 2e18);
    }

    function test_GetRatioWithoutDownloadsIsTheLargestNumber() public view {
        assertEq(ledger.getRatio(WALLET), type(uint256).max);
    }

    function test_OnlyTheTrackerWrites() public {
        vm.stopPrank();
        vm.startPrank(STRANGER);
        assertRefused(address(ledger), abi.encodeCall(ledger.register, (WALLET)));
        assertRefused(address(ledger), abi.encodeCall(ledger.updateReputation, (WALLET, 1, 1)));
    }

    // ---- the deliberate differences

    /// @dev Entry 2: in the original the successor's fresh record hid the history.
    function test_Difference_AFirstWriteKeepsTheHistory() public {
        ledger.updateReputation(WALLET, 0, 10 * GIB);
        assertTrue(successor.register(WALLET));
        _assertReputation(successor, GIB, 10 * GIB);
    }

    /// @dev Entry 3: the original asked referrer after referrer.
    function test_Difference_ReadsEndAfterOneHop() public {
        ledger.register(WALLET);
        _assertReputation(_deploy(address(successor)), 0, 0);
    }

    /// @dev Entry 8: the original took every address with code.
    function test_Difference_AContractOfUnknownBirthIsNoReferrer() public {
        vm.expectRevert(IAgentsFactoryOriginal.InvalidReferrer.selector);
        IAgentsFactoryOriginal(factory).deployNewTracker(address(this));
    }

    function _deploy(address referrer) private returns (IAgentsOriginal) {
        return IAgentsOriginal(IAgentsFactoryOriginal(factory).deployNewTracker(referrer));
    }

    function _assertReputation(IAgentsOriginal target, uint256 up, uint256 down) private view {
        IAgentsOriginal.UserReputation memory found = target.getReputation(WALLET);
        assertEq(found.uploadBytes, up);
        assertEq(found.downloadBytes, down);
        assertEq(found.lastUpdated, up == 0 ? 0 : block.timestamp);
    }
}
