package io.pbts.protocol.audit;

import io.pbts.protocol.epoch.EpochPart;
import io.pbts.protocol.epoch.EpochReader.Located;
import io.pbts.protocol.epoch.EpochRecord;
import io.pbts.protocol.epoch.Finding;
import io.pbts.protocol.epoch.WrongEpoch;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.SumsTree;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;

/** A part of the epoch as the file states it: its record and the sums behind it. */
final class StatedPart {
    private final long offset;
    private final EpochPart part;
    private final List<Stated> sums = new ArrayList<>();
    private long end;

    /** A sum and where it stands. */
    record Stated(long offset, AccountSum sum) {}

    StatedPart(Located record, EpochPart part) {
        this.offset = record.offset();
        this.part = part;
        this.end = record.offset() + record.size();
    }

    void add(Located record, AccountSum sum) {
        if (sums.size() >= part.accounts()) {
            throw new WrongEpoch(
                    new Finding(record.offset(), record.size(), "sum", "", "is one more than its part counts"));
        }
        if (!sums.isEmpty()
                && sums.getLast()
                                .sum()
                                .account()
                                .bytes()
                                .compareTo(sum.account().bytes())
                        >= 0) {
            throw new WrongEpoch(new Finding(
                    record.offset() + EpochRecord.FRAME_HEAD,
                    Bytes32.SIZE,
                    "sum",
                    "account",
                    "is not above the one before it"));
        }
        sums.add(new Stated(record.offset(), sum));
        end = record.offset() + record.size();
    }

    boolean wantsSum() {
        return sums.size() < part.accounts();
    }

    EpochPart part() {
        return part;
    }

    List<Stated> sums() {
        return sums;
    }

    /** The root that its sums give. */
    Bytes32 root() {
        return SumsTree.of(sums.stream().map(Stated::sum).toList()).root();
    }

    boolean givesItsRoot() {
        return root().equals(part.sumsRoot());
    }

    /** Where its root stands. */
    long rootOffset() {
        return offset + EpochPart.SUMS_ROOT_OFFSET;
    }

    /** Something is wrong with its sums as a whole. */
    WrongEpoch wrong(String problem) {
        return new WrongEpoch(new Finding(offset, end - offset, "sums of settlement " + part.seq(), "", problem));
    }
}
