// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AmountOverflow} from "../../src/Record.sol";
import {ReputationFactory} from "../../src/ReputationFactory.sol";
import {IPredecessor} from "../../src/interfaces/IPredecessor.sol";
import {IReputation} from "../../src/interfaces/IReputation.sol";
import {IReputationFactory} from "../../src/interfaces/IReputationFactory.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {CredulousFactory, HostileReferrer, LyingReferrer, Malice} from "../Hostile.sol";
import {KeyFixture} from "../KeyFixture.sol";

/// @notice Malicious referrers. The first wall is birth: foreign code is never asked. The second is what holds if an
/// earlier factory in the list vouches for such code all the same: it can refuse to answer and it can lie about what it
/// holds, but it can neither write, nor touch what is here, nor unbalance settlements.
contract HostileReferrerTest is KeyFixture {
    uint8 private constant KINDS = uint8(type(Malice).max) + 1;

    HostileReferrer private hostile = new HostileReferrer();
    LyingReferrer private liar = new LyingReferrer();
    ReputationFactory private credulous;

    function setUp() public override {
        super.setUp();
        address[] memory earlier = new address[](1);
        earlier[0] = address(new CredulousFactory());
        credulous = new ReputationFactory(earlier);
    }

    // ---- the first wall

    function test_ForeignCodeIsRefusedWithoutBeingAsked() public {
        vm.expectCall(address(hostile), "", 0);
        vm.expectRevert(IReputationFactory.InvalidReferrer.selector);
        factory.deployNewTracker(address(hostile));
        vm.expectRevert(IReputationFactory.InvalidReferrer.selector);
        factory.createReputation(address(hostile), "");
    }

    // ---- the second wall: no answer

    /// @dev A first write that cannot know the history fails, for a fresh record would wash it.
    function test_AFirstWriteWithoutAnAnswerFailsAndLeavesNothing() public {
        bytes memory call = abi.encodeCall(ISettlement.settle, (1, ROOT, 1, transfer(ALICE, BOB, 9)));
        for (uint8 kind = 0; kind < KINDS; ++kind) {
            IReputation target = _referringTo(address(hostile));
            hostile.be(Malice(kind));
            vm.prank(OWNER);
            _assertFailsAndLeavesNothing(target, call);
        }
    }

    function test_NobodysMigrationGetsPastItEither() public {
        for (uint8 kind = 0; kind < KINDS; ++kind) {
            IReputation target = _referringTo(address(hostile));
            hostile.be(Malice(kind));
            vm.prank(STRANGER);
            _assertFailsAndLeavesNothing(target, abi.encodeCall(ISettlement.migrate, (ALICE)));
        }
    }

    function test_AccountsThatAreHereGoOnBeingSettledWithoutAskingIt() public {
        IReputation target = _referringTo(address(liar));
        settle(target, ALICE, BOB, 100);
        vm.etch(address(liar), address(hostile).code);
        HostileReferrer(address(liar)).be(Malice.BurnsGas);

        settle(target, BOB, ALICE, 30);
        assertBytes(target, ALICE, 100, 30);
        assertBytes(target, BOB, 30, 100);
    }

    // ---- the second wall: lies

    function testFuzz_ALieIsImportedOnceAndSettlementsStayBalanced(uint96 up, uint96 down, uint128 more) public {
        up = uint96(_bound(up, 0, type(uint96).max - 10));
        down = uint96(_bound(down, 0, type(uint96).max - 10));
        more = uint128(_bound(more, 0, type(uint128).max / 2));
        IReputation target = _referringTo(address(liar));
        liar.say(IPredecessor.Account(up, down, 1, 1, more, more));
        settle(target, ALICE, BOB, 7);
        liar.say(IPredecessor.Account(type(uint96).max, 0, 2, 2, type(uint128).max, 0));
        settle(target, ALICE, BOB, 3);

        assertEq(target.totals().settledUp, 10);
        assertEq(target.totals().settledDown, 10);
        ISettlement.AccountState memory state = target.getAccount(ALICE);
        assertEq(state.importedUp, up, "what came from it stays visible as such");
        assertEq(state.settledUp, uint256(up) + 10);
        assertEq(state.assertedUp, more);
        assertEq(state.creditMiB, 1);
    }

    function test_ALieThatFillsAnAccountIsRefusedAndNotWrappedAround() public {
        IReputation target = _referringTo(address(liar));
        liar.say(IPredecessor.Account(type(uint96).max, 0, 0, 1, 0, 0));
        vm.expectRevert(AmountOverflow.selector);
        vm.prank(OWNER);
        target.settle(1, ROOT, 1, transfer(ALICE, BOB, 1));
    }

    function test_AFirstKeyThatDoesNotProveItselfIsNotTakenOver() public {
        IReputation target = _referringTo(address(liar));
        liar.say(IPredecessor.Account(0, 0, 0, 1, 0, 0));
        liar.sayKey(0, secondKey);
        assertEq(target.keyOf(account), "");
        target.migrate(account);
        assertEq(target.localKeyAt(account, 0), "");
    }

    function testFuzz_WhatIsNoKeyIsNotTakenOver(bytes calldata noKey) public {
        vm.assume(noKey.length != 20 && noKey.length != 48);
        IReputation target = _referringTo(address(liar));
        liar.say(IPredecessor.Account(0, 0, 0, 1, 0, 0));
        liar.sayKey(5, noKey);
        target.migrate(account);
        assertEq(target.localKeyNumberOf(account), 0);
        assertEq(target.keyOf(account), "");
    }

    function _referringTo(address referrer) private returns (IReputation) {
        vm.prank(OWNER);
        return IReputation(credulous.deployNewTracker(referrer));
    }

    function _assertFailsAndLeavesNothing(IReputation target, bytes memory call) private {
        (bool passed,) = address(target).call{gas: 5_000_000}(call);
        assertFalse(passed, "passed");
        assertEq(target.lastSeq(), 0);
        assertEq(target.localAccount(ALICE).updatedAt, 0);
        assertEq(target.localAccount(BOB).updatedAt, 0);
        assertEq(abi.encode(target.totals()), abi.encode(ISettlement.Totals(0, 0, 0, 0, 0, 0, 0, 0)));
    }
}
