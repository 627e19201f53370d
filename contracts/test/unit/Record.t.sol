// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {AmountOverflow, EMPTY, Record, record} from "../../src/Record.sol";

contract RecordTest is Test {
    uint256 private constant MOST = type(uint96).max;

    function testFuzz_ARecordGivesBackWhatItWasMadeOf(uint96 up, uint96 down, uint32 credit, uint32 time) public pure {
        _assertRecord(record(up, down, credit, time), up, down, credit, time);
    }

    function testFuzz_AddingTouchesNeitherCreditNorTheOtherAmount(
        uint96 up,
        uint96 down,
        uint32 credit,
        uint32 time,
        uint96 moreUp,
        uint96 moreDown,
        uint32 later
    ) public pure {
        moreUp = uint96(_bound(moreUp, 0, MOST - up));
        moreDown = uint96(_bound(moreDown, 0, MOST - down));
        Record added = record(up, down, credit, time).plus(moreUp, moreDown, later);
        _assertRecord(added, up + moreUp, down + moreDown, credit, later);
    }

    function testFuzz_CreditAndTimeAreReplacedAlone(uint96 up, uint96 down, uint32 a, uint32 b, uint32 c) public pure {
        _assertRecord(record(up, down, a, b).withCredit(c), up, down, c, b);
        _assertRecord(record(up, down, a, b).withTime(c), up, down, a, c);
    }

    function testFuzz_ARecordExistsWhenItHasATime(uint96 up, uint96 down, uint32 credit, uint32 time) public pure {
        assertEq(record(up, down, credit, time).exists(), time != 0);
    }

    function test_TheEmptyRecordDoesNotExist() public pure {
        assertFalse(EMPTY.exists());
    }

    function testFuzz_AnAmountNeverWrapsAround(uint96 up, uint256 more, bool isUp) public {
        more = _bound(more, MOST - up + 1, type(uint256).max);
        Record full = isUp ? record(up, 0, 1, 1) : record(0, up, 1, 1);
        vm.expectRevert(AmountOverflow.selector);
        this.plus(full, isUp ? more : 0, isUp ? 0 : more);
    }

    function plus(Record self, uint256 moreUp, uint256 moreDown) external pure returns (Record) {
        return self.plus(moreUp, moreDown, 1);
    }

    function _assertRecord(Record actual, uint256 up, uint256 down, uint256 credit, uint256 time) private pure {
        assertEq(actual.up(), up);
        assertEq(actual.down(), down);
        assertEq(actual.creditMiB(), credit);
        assertEq(actual.updatedAt(), time);
    }
}
