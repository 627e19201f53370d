// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {console2} from "forge-std/console2.sol";

import {IKeyRegistry} from "../../src/interfaces/IKeyRegistry.sol";
import {IReputation} from "../../src/interfaces/IReputation.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {Fixture} from "../Fixture.sol";

/// @notice What an account costs, as the difference between transactions of 200 and of 100 accounts, calldata included.
/// Each measured call is a transaction of its own (isolated), so that every slot is cold as it is on a chain.
/// forge-config: default.isolate = true
contract GasTest is Fixture {
    uint256 private constant STEP = 100;
    uint256 private constant SMALL_STEP = 30;
    uint256 private constant TRANSACTION_CAP = 16_777_216; // EIP-7825
    uint256 private constant BASE = 21_000;

    function test_ASteadyAccountCostsAtMost6500() public {
        uint256 perAccount = _marginal(ledger, "steady", _accounts("a", STEP), _accounts("b", 2 * STEP), true);
        assertLe(perAccount, 6500);
        assertGe(TRANSACTION_CAP / perAccount, 2400, "accounts in one transaction");
    }

    function test_AFirstWriteCostsAtMost25000() public {
        uint256 perAccount = _marginal(ledger, "first write", _accounts("a", STEP), _accounts("b", 2 * STEP), false);
        assertLe(perAccount, 25_000);
        assertGe(TRANSACTION_CAP / perAccount, 600, "first writes in one transaction");
    }

    function test_ASuccessorThatFindsNoHistoryTakes600FirstWritesInOneTransaction() public {
        IReputation successor = successorOf(ledger);
        bytes32[] memory few = _accounts("a", STEP);
        bytes32[] memory many = _accounts("b", 2 * STEP);
        uint256 perAccount = _marginal(successor, "first write, nothing to copy", few, many, false);
        assertGe(TRANSACTION_CAP / perAccount, 600, "first writes in one transaction");
    }

    function test_ACopiedAccountIsReported() public {
        bytes32[] memory few = _accounts("a", STEP);
        bytes32[] memory many = _accounts("b", 2 * STEP);
        _settle(ledger, few);
        _settle(ledger, many);
        _marginal(successorOf(ledger), "copied", few, many, false);
    }

    function test_AMigratedAccountIsReported() public {
        bytes32[] memory few = _accounts("a", SMALL_STEP);
        bytes32[] memory many = _accounts("b", 2 * SMALL_STEP);
        _enroll(few);
        _enroll(many);
        _settle(ledger, few);
        _settle(ledger, many);
        _migrated("migrated", few, many);
    }

    function test_AMigratedAccountWithAPublishedKeyIsReported() public {
        bytes[] memory few = _keys("a", SMALL_STEP);
        bytes[] memory many = _keys("b", 2 * SMALL_STEP);
        _publish(few);
        _publish(many);
        _migrated("migrated with a published key", _idsOf(few), _idsOf(many));
    }

    function test_AnEnrolmentIsReported() public {
        uint256 few = _enroll(_accounts("a", STEP));
        uint256 many = _enroll(_accounts("b", 2 * STEP));
        _report("enrolment", (many - few) / STEP);
    }

    function test_APublishedFirstKeyIsReported() public {
        uint256 few = _publish(_keys("a", STEP));
        uint256 many = _publish(_keys("b", 2 * STEP));
        _report("published key", (many - few) / STEP);
    }

    function test_CreatingALedgerIsReported() public {
        vm.prank(OWNER);
        factory.deployNewTracker(address(ledger));
        console2.log("deployNewTracker:", vm.lastCallGas().gasTotalUsed);
        vm.snapshotValue("contracts", "deployNewTracker", vm.lastCallGas().gasTotalUsed);
    }

    function _marginal(
        IReputation target,
        string memory what,
        bytes32[] memory fewAccounts,
        bytes32[] memory manyAccounts,
        bool again
    ) private returns (uint256 perAccount) {
        if (again) {
            _settle(target, fewAccounts);
            _settle(target, manyAccounts);
        } else {
            _settle(target, _accounts("c", 2)); // the ledger's own sums are not new
        }
        uint256 few = _settle(target, fewAccounts);
        uint256 many = _settle(target, manyAccounts);
        perAccount = (many - few) / STEP;
        _report(what, perAccount);
    }

    function _report(string memory what, uint256 perAccount) private {
        console2.log(what, "gas per account:", perAccount);
        console2.log("  accounts per transaction:", TRANSACTION_CAP / perAccount);
        vm.snapshotValue("contracts", what, perAccount);
    }

    function _settle(IReputation target, bytes32[] memory accounts) private returns (uint256 gasUsed) {
        ISettlement.Delta[] memory deltas = new ISettlement.Delta[](accounts.length);
        for (uint256 i = 0; i < accounts.length; ++i) {
            // Amounts as of a busy epoch: both directions, six bytes long, so that calldata is priced as it will be.
            deltas[i] = ISettlement.Delta(accounts[i], 0x112233445566, 0x112233445566);
        }
        uint64 seq = target.lastSeq() + 1;
        vm.warp(block.timestamp + 60);
        vm.prank(OWNER);
        target.settle(seq, ROOT, 1000, deltas);
        return _transactionGas(abi.encodeCall(ISettlement.settle, (seq, ROOT, 1000, deltas)));
    }

    function _enroll(bytes32[] memory accounts) private returns (uint256 gasUsed) {
        ISettlement.Enrolment[] memory list = new ISettlement.Enrolment[](accounts.length);
        for (uint256 i = 0; i < accounts.length; ++i) {
            list[i] = ISettlement.Enrolment(accounts[i], keccak256(abi.encode(accounts[i])), 1024);
        }
        vm.prank(OWNER);
        ledger.enroll(list);
        return _transactionGas(abi.encodeCall(ISettlement.enroll, (list)));
    }

    function _migrated(string memory what, bytes32[] memory few, bytes32[] memory many) private {
        IReputation successor = successorOf(ledger);
        _migrate(successor, _accounts("nobody", 1));
        uint256 gasOfFew = _migrate(successor, few);
        _report(what, (_migrate(successor, many) - gasOfFew) / SMALL_STEP);
    }

    function _migrate(IReputation target, bytes32[] memory accounts) private returns (uint256 gasUsed) {
        target.migrateAll(accounts);
        return _transactionGas(abi.encodeCall(ISettlement.migrateAll, (accounts)));
    }

    function _idsOf(bytes[] memory keys) private pure returns (bytes32[] memory accounts) {
        accounts = new bytes32[](keys.length);
        for (uint256 i = 0; i < keys.length; ++i) {
            accounts[i] = keccak256(keys[i]);
        }
    }

    function _publish(bytes[] memory keys) private returns (uint256 gasUsed) {
        _enroll(_idsOf(keys));
        ledger.publishKeys(keys);
        return _transactionGas(abi.encodeCall(IKeyRegistry.publishKeys, (keys)));
    }

    /// @dev In an isolated test the last call was a transaction, its base and calldata included.
    function _transactionGas(bytes memory data) private returns (uint256 gasUsed) {
        gasUsed = vm.lastCallGas().gasTotalUsed;
        uint256 calldataGas;
        for (uint256 i = 0; i < data.length; ++i) {
            calldataGas += data[i] == 0 ? 4 : 16;
        }
        assertGt(gasUsed, BASE + calldataGas, "measured without its calldata");
        assertLt(gasUsed, TRANSACTION_CAP, "over the cap of a transaction");
    }

    function _accounts(string memory group, uint256 count) private pure returns (bytes32[] memory accounts) {
        accounts = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            accounts[i] = keccak256(abi.encode(group, i));
        }
    }

    function _keys(string memory group, uint256 count) private pure returns (bytes[] memory keys) {
        keys = new bytes[](count);
        for (uint256 i = 0; i < count; ++i) {
            bytes32 seed = keccak256(abi.encode(group, i));
            keys[i] = abi.encodePacked(seed, bytes16(keccak256(abi.encode(seed))));
            keys[i][0] = 0x80;
        }
    }
}
