// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {IKeyRegistry} from "../../src/interfaces/IKeyRegistry.sol";
import {IReputation} from "../../src/interfaces/IReputation.sol";
import {IReputationFactory} from "../../src/interfaces/IReputationFactory.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";

/// @notice Everything the outside can do to a ledger and its successor, with a book of its own beside them.
/// `ledgers[1]` refers to `ledgers[0]`, `ledgers[2]` to `ledgers[1]`; all are written to in any interleaving.
contract Handler is Test {
    uint256 public constant LEDGERS = 3;
    uint256 public constant ACCOUNTS = 6;

    IReputation[LEDGERS] public ledgers;
    bytes32[ACCOUNTS] public accounts;
    address[ACCOUNTS] public wallets;
    address public immutable OWNER = makeAddr("owner");

    mapping(uint256 ledger => uint256) public settledBytes;
    mapping(uint256 ledger => uint64) public settlements;
    mapping(uint256 ledger => uint64) public receipts;
    mapping(uint256 ledger => mapping(uint64 seq => bytes32)) public roots;
    mapping(uint256 ledger => mapping(bytes32 account => uint256)) public settledHereUp;
    mapping(uint256 ledger => mapping(bytes32 account => uint256)) public settledHereDown;

    struct Seen {
        uint256 up;
        uint256 down;
        uint256 credit;
        uint256 updatedAt;
        uint256 importedUp;
        uint256 importedDown;
        uint256 importedAt;
        bool isLocal;
    }

    mapping(uint256 ledger => mapping(bytes32 account => Seen)) private _seen;
    uint256 public intrusions;
    bool public unbalancedBatchPassed;

    constructor(IReputationFactory factory) {
        address referrer;
        for (uint256 i = 0; i < LEDGERS; ++i) {
            vm.prank(OWNER);
            referrer = factory.deployNewTracker(referrer);
            ledgers[i] = IReputation(referrer);
        }
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            wallets[i] = makeAddr(vm.toString(i));
            accounts[i] = keccak256(abi.encodePacked(wallets[i]));
        }
    }

    // ---- what the owner does

    function settle(uint256 ledger, uint256 sender, uint256 receiver, uint64 bytesMoved, bytes32 root) external {
        ledger = _ledger(ledger);
        if (root == 0) root = keccak256("root");
        bytes32 from = _account(sender);
        bytes32 to = _account(receiver);
        ISettlement.Delta[] memory deltas = new ISettlement.Delta[](2);
        deltas[0] = ISettlement.Delta(from, bytesMoved, 0);
        deltas[1] = ISettlement.Delta(to, 0, bytesMoved);

        uint64 seq = ++settlements[ledger];
        vm.prank(OWNER);
        ledgers[ledger].settle(seq, root, 1, deltas);
        ++receipts[ledger];
        roots[ledger][seq] = root;
        settledBytes[ledger] += bytesMoved;
        settledHereUp[ledger][from] += bytesMoved;
        settledHereDown[ledger][to] += bytesMoved;
        _look(sender);
        _look(receiver);
    }

    function settleUnbalanced(uint256 ledger, uint256 account, uint64 up, uint64 down) external {
        ledger = _ledger(ledger);
        if (up == down) return;
        ISettlement.Delta[] memory deltas = new ISettlement.Delta[](1);
        deltas[0] = ISettlement.Delta(_account(account), up, down);
        vm.prank(OWNER);
        try ledgers[ledger].settle(settlements[ledger] + 1, keccak256("root"), 1, deltas) {
            unbalancedBatchPassed = true;
        } catch {
            _look(account);
        }
    }

    function enroll(uint256 ledger, uint256 account, bool granted, bool named) external {
        bytes32 id = _account(account);
        ISettlement.Enrolment[] memory list = new ISettlement.Enrolment[](1);
        list[0] = ISettlement.Enrolment(id, named ? keccak256(bytes(_name(account))) : bytes32(0), granted ? 1024 : 0);
        vm.prank(OWNER);
        ledgers[_ledger(ledger)].enroll(list);
        _look(account);
    }

    function register(uint256 ledger, uint256 account) external {
        ledger = _ledger(ledger);
        if (ledgers[ledger].localAccount(_account(account)).creditMiB != 0) return;
        vm.prank(OWNER);
        ledgers[ledger].register(wallets[account % ACCOUNTS]);
        _look(account);
    }

    function updateReputation(uint256 ledger, uint256 account, uint64 moreUp, uint64 moreDown) external {
        vm.prank(OWNER);
        ledgers[_ledger(ledger)].updateReputation(wallets[account % ACCOUNTS], moreUp, moreDown);
        _look(account);
    }

    function updateUser(uint256 ledger, uint256 account, uint64 moreUp, uint64 moreDown) external {
        ledger = _ledger(ledger);
        string memory name = _name(account);
        bytes32 id = ledgers[ledger].accountIdOfName(name);
        if (id == 0) return;
        ISettlement.AccountState memory state = ledgers[ledger].getAccount(id);
        uint256 up = uint256(state.settledUp) + state.assertedUp + moreUp;
        uint256 down = uint256(state.settledDown) + state.assertedDown + moreDown;
        vm.prank(OWNER);
        ledgers[ledger].updateUser(name, down, up);
        _look(account);
    }

    // ---- what everyone does

    function migrate(uint256 ledger, uint256 account, address caller) external {
        vm.prank(caller);
        ledgers[_ledger(ledger)].migrate(_account(account));
        _look(account);
    }

    function migrateUserData(uint256 ledger, uint256 account, address caller) external {
        ledger = _ledger(ledger);
        string memory name = _name(account);
        if (ledgers[ledger].localAccountOfName(keccak256(bytes(name))) != 0) return;
        vm.prank(caller);
        ledgers[ledger].migrateUserData(name);
        _look(account);
    }

    function intrude(uint256 ledger, address caller, uint256 account, uint8 way) external {
        if (caller == OWNER) return;
        IReputation target = ledgers[_ledger(ledger)];
        bytes memory call = _ownersCall(account, way % 9, target.lastSeq() + 1);
        vm.prank(caller);
        (bool passed,) = address(target).call(call);
        if (passed) ++intrusions;
        _look(account);
    }

    function pass(uint16 time) external {
        vm.warp(block.timestamp + time);
    }

    // ---- what must never happen, noted at the moment it happens

    string public violation;

    /// @dev One account on all ledgers: a write to one shows through on its successor.
    function _look(uint256 account) private {
        for (uint256 i = 0; i < LEDGERS; ++i) {
            _lookAt(i, _account(account));
        }
    }

    function _lookAt(uint256 ledger, bytes32 id) private {
        ISettlement.AccountState memory state = ledgers[ledger].getAccount(id);
        Seen storage before = _seen[ledger][id];
        bool isLocal = state.source == ISettlement.Source.Local;
        uint256 up = uint256(state.settledUp) + state.assertedUp;
        uint256 down = uint256(state.settledDown) + state.assertedDown;

        if (up < before.up || down < before.down) violation = "a total fell";
        if (state.creditMiB < before.credit) violation = "credit was taken back";
        if (state.creditMiB > 1024) violation = "credit was granted twice";
        if (before.isLocal && state.updatedAt < before.updatedAt) violation = "time went back";
        if (before.isLocal && !isLocal) violation = "a record vanished";
        if (before.isLocal && state.importedAt != before.importedAt) violation = "imported more than once";
        if (before.isLocal && (state.importedUp != before.importedUp || state.importedDown != before.importedDown)) {
            violation = "an import changed";
        }
        _seen[ledger][id] = Seen({
            up: up,
            down: down,
            credit: state.creditMiB,
            updatedAt: state.updatedAt,
            importedUp: state.importedUp,
            importedDown: state.importedDown,
            importedAt: state.importedAt,
            isLocal: isLocal
        });
    }

    function _ownersCall(uint256 account, uint8 way, uint64 seq) private view returns (bytes memory) {
        address wallet = wallets[account % ACCOUNTS];
        if (way == 0) return abi.encodeCall(ISettlement.settle, (seq, keccak256("x"), 0, new ISettlement.Delta[](0)));
        if (way == 1) return abi.encodeCall(ISettlement.enroll, (new ISettlement.Enrolment[](0)));
        if (way == 2) return abi.encodeCall(ISettlement.link, (keccak256("x"), wallet));
        if (way == 3) return abi.encodeCall(IKeyRegistry.rotateKey, (_account(account), 1, abi.encodePacked(wallet)));
        if (way == 4) return abi.encodeWithSignature("register(address)", wallet);
        if (way == 5) return abi.encodeWithSignature("updateReputation(address,uint256,uint256)", wallet, 1, 1);
        if (way == 6) return abi.encodeWithSignature("updateUser(string,uint256,uint256)", _name(account), 1, 1);
        if (way == 7) {
            return abi.encodeWithSignature("addUser(string,string,bytes32,uint256,uint256)", "x", "", "x", 1, 1);
        }
        return abi.encodeWithSignature("setOffchainDataUrl(string)", "x");
    }

    function _ledger(uint256 seed) private pure returns (uint256) {
        return seed % LEDGERS;
    }

    function _account(uint256 seed) private view returns (bytes32) {
        return accounts[seed % ACCOUNTS];
    }

    function _name(uint256 seed) private pure returns (string memory) {
        return vm.toString(seed % ACCOUNTS);
    }
}
