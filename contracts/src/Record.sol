// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice An account's settled amounts in one slot, from the low bits up: uint96 bytes up, uint96 bytes down,
/// uint32 credit in MiB, uint32 seconds. A record exists when its time is not zero.
/// @dev A value type and not a struct, because a settlement is one load and one store per account: solc would
/// otherwise mask and merge field by field.
type Record is uint256;

using {exists, up, down, creditMiB, updatedAt, plus, withCredit, withTime} for Record global;

Record constant EMPTY = Record.wrap(0);

uint256 constant AMOUNT = type(uint96).max;
uint256 constant NOT_TIME = type(uint224).max;
uint256 constant CREDIT = uint256(type(uint32).max) << 192;

/// @notice An account would hold more than 2^96 - 1 bytes in one direction.
error AmountOverflow();

function record(uint96 up_, uint96 down_, uint32 creditMiB_, uint32 updatedAt_) pure returns (Record) {
    return Record.wrap(uint256(up_) | uint256(down_) << 96 | uint256(creditMiB_) << 192 | uint256(updatedAt_) << 224);
}

function exists(Record self) pure returns (bool) {
    return Record.unwrap(self) > NOT_TIME;
}

function up(Record self) pure returns (uint96) {
    // forge-lint: disable-next-line(unsafe-typecast)
    return uint96(Record.unwrap(self)); // the low 96 bits are the amount
}

function down(Record self) pure returns (uint96) {
    // forge-lint: disable-next-line(unsafe-typecast)
    return uint96(Record.unwrap(self) >> 96);
}

function creditMiB(Record self) pure returns (uint32) {
    // forge-lint: disable-next-line(unsafe-typecast)
    return uint32(Record.unwrap(self) >> 192);
}

function updatedAt(Record self) pure returns (uint32) {
    // forge-lint: disable-next-line(unsafe-typecast)
    return uint32(Record.unwrap(self) >> 224);
}

/// @dev Unchecked: a bit above the lowest 96, in an amount or in a sum of two amounts, is an overflow.
function plus(Record self, uint256 moreUp, uint256 moreDown, uint32 time) pure returns (Record) {
    unchecked {
        uint256 raw = Record.unwrap(self);
        uint256 newUp = (raw & AMOUNT) + moreUp;
        uint256 newDown = (raw >> 96 & AMOUNT) + moreDown;
        if ((moreUp | moreDown | newUp | newDown) > AMOUNT) revert AmountOverflow();
        return Record.wrap(newUp | newDown << 96 | raw & CREDIT | uint256(time) << 224);
    }
}

function withCredit(Record self, uint32 creditMiB_) pure returns (Record) {
    return Record.wrap(Record.unwrap(self) & ~CREDIT | uint256(creditMiB_) << 192);
}

function withTime(Record self, uint32 time) pure returns (Record) {
    return Record.wrap(Record.unwrap(self) & NOT_TIME | uint256(time) << 224);
}
