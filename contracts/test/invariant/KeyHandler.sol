// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {IReputation} from "../../src/interfaces/IReputation.sol";
import {IReputationFactory} from "../../src/interfaces/IReputationFactory.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";

/// @notice Keys of a few accounts on a ledger, its successor and the one after, published, rotated and copied in any
/// interleaving, with a book of every key that was ever held.
contract KeyHandler is Test {
    uint256 public constant LEDGERS = 3;
    uint256 public constant ACCOUNTS = 3;
    uint256 private constant LATER_KEYS = 4;

    IReputation[LEDGERS] public ledgers;
    bytes[ACCOUNTS] public firstKeys;
    bytes[LATER_KEYS] public laterKeys;
    address public immutable OWNER = makeAddr("owner");
    string public violation;

    mapping(uint256 ledger => mapping(bytes32 account => uint64)) private _number;
    mapping(uint256 ledger => mapping(bytes32 account => bool)) private _held;
    mapping(uint256 ledger => mapping(bytes32 account => mapping(uint64 number => bytes))) private _book;

    constructor(IReputationFactory factory) {
        address referrer;
        for (uint256 i = 0; i < LEDGERS; ++i) {
            vm.prank(OWNER);
            referrer = factory.deployNewTracker(referrer);
            ledgers[i] = IReputation(referrer);
        }
        for (uint256 i = 0; i < LATER_KEYS; ++i) {
            laterKeys[i] = abi.encodePacked(makeAddr(vm.toString(ACCOUNTS + i)));
        }
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            firstKeys[i] = abi.encodePacked(makeAddr(vm.toString(i)));
            enroll(0, i);
        }
    }

    function enroll(uint256 ledger, uint256 account) public {
        ISettlement.Enrolment[] memory list = new ISettlement.Enrolment[](1);
        list[0] = ISettlement.Enrolment(_account(account), 0, 0);
        vm.prank(OWNER);
        ledgers[ledger % LEDGERS].enroll(list);
        _look();
    }

    function publish(uint256 ledger, uint256 account, address caller) external {
        bytes[] memory keys = new bytes[](1);
        keys[0] = firstKeys[account % ACCOUNTS];
        vm.prank(caller);
        try ledgers[ledger % LEDGERS].publishKeys(keys) {} catch {} // known two hops back, that is unknown
        _look();
    }

    function rotate(uint256 ledger, uint256 account, uint256 key) external {
        IReputation target = ledgers[ledger % LEDGERS];
        bytes32 id = _account(account);
        uint64 next = target.keyNumberOf(id) + 1;
        vm.prank(OWNER);
        try target.rotateKey(id, next, laterKeys[key % LATER_KEYS]) {} catch {} // unknown here, or another's key
        _look();
    }

    function rotateAgain(uint256 ledger, uint256 account, uint64 number) external {
        IReputation target = ledgers[ledger % LEDGERS];
        bytes32 id = _account(account);
        number = uint64(_bound(number, 0, target.keyNumberOf(id)));
        bytes memory key = target.keyAt(id, number);
        bytes memory before = target.keyOf(id);
        if (key.length == 0) return;
        vm.prank(OWNER);
        target.rotateKey(id, number, key);
        if (keccak256(target.keyOf(id)) != keccak256(before)) violation = "a repeated rotation changed the key";
        _look();
    }

    function migrate(uint256 ledger, uint256 account, address caller) external {
        vm.prank(caller);
        ledgers[ledger % LEDGERS].migrate(_account(account));
        _look();
    }

    function accountOf(uint256 index) external view returns (bytes32) {
        return _account(index);
    }

    /// @notice Whether all keys that were ever held still are, under their numbers.
    function bookHolds() external view returns (bool) {
        for (uint256 i = 0; i < LEDGERS; ++i) {
            for (uint256 j = 0; j < ACCOUNTS; ++j) {
                bytes32 id = _account(j);
                for (uint64 n = 0; n <= _number[i][id]; ++n) {
                    bytes memory key = ledgers[i].localKeyAt(id, n);
                    if (keccak256(key) != keccak256(_book[i][id][n])) return false;
                }
            }
        }
        return true;
    }

    // ---- what must never happen, noted at the moment it happens

    function _look() private {
        for (uint256 i = 0; i < LEDGERS; ++i) {
            for (uint256 j = 0; j < ACCOUNTS; ++j) {
                _lookAt(i, _account(j));
            }
        }
    }

    function _lookAt(uint256 ledger, bytes32 id) private {
        IReputation target = ledgers[ledger];
        uint64 number = target.localKeyNumberOf(id);
        if (number < _number[ledger][id]) violation = "a number fell";
        _number[ledger][id] = number;
        bool held = number != 0 || target.localKeyAt(id, 0).length != 0;
        if (_held[ledger][id] && !held) violation = "keys vanished";
        _held[ledger][id] = held;

        _write(ledger, id, 0);
        _write(ledger, id, number);
        if (number != 0) _write(ledger, id, number - 1); // a rotation on a successor copies the one before it
    }

    function _write(uint256 ledger, bytes32 id, uint64 number) private {
        bytes memory key = ledgers[ledger].localKeyAt(id, number);
        bytes storage known = _book[ledger][id][number];
        if (known.length != 0 && keccak256(key) != keccak256(known)) violation = "a key changed";
        if (key.length != 0 && ledgers[ledger].accountIdOfKey(key) != id) violation = "a key leads elsewhere";
        if (key.length != 0 && number == 0 && keccak256(key) != id) violation = "a first key proves nothing";
        if (known.length == 0) _book[ledger][id][number] = key;
    }

    function _account(uint256 seed) private view returns (bytes32) {
        return keccak256(firstKeys[seed % ACCOUNTS]);
    }
}
