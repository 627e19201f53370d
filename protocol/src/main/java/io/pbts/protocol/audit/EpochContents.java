package io.pbts.protocol.audit;

import io.pbts.protocol.audit.BatchRoots.Mismatch;
import io.pbts.protocol.epoch.EpochBatch;
import io.pbts.protocol.epoch.EpochCertificate;
import io.pbts.protocol.epoch.EpochHeader;
import io.pbts.protocol.epoch.EpochMember;
import io.pbts.protocol.epoch.EpochPart;
import io.pbts.protocol.epoch.EpochReader.Located;
import io.pbts.protocol.epoch.EpochRow;
import io.pbts.protocol.epoch.EpochSum;
import io.pbts.protocol.epoch.Finding;
import io.pbts.protocol.epoch.WrongEpoch;
import java.io.IOException;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;

/** The records of one file in their order. What is wrong by itself is thrown at once, what does not fit the root at the end. */
final class EpochContents {
    private final Optional<BlsClaims> signatures;
    private final BatchRoots batches = new BatchRoots();
    private final SumsCheck sums = new SumsCheck();
    private @Nullable EpochHeader header;
    private @Nullable EvidenceCheck evidence;
    private long rows;
    private long hashesOnly;

    EpochContents(Optional<BlsClaims> signatures) {
        this.signatures = signatures;
    }

    void take(Located record) {
        if (header == null) {
            begin(record);
            return;
        }
        switch (record.content()) {
            case EpochHeader _ -> throw wrong(record, "", "stands in the middle of the file");
            case EpochBatch batch -> batch(record, batch, header);
            case EpochCertificate certificate -> {
                requireBeforeRows(record);
                evidence().ifPresent(check -> check.certificate(record, certificate));
            }
            case EpochMember member -> {
                requireBeforeRows(record);
                evidence().ifPresent(check -> check.member(member));
            }
            case EpochRow row -> row(record, row, header);
            case EpochPart part -> part(record, part, header);
            case EpochSum sum -> sums.state(record, sum.sum());
        }
    }

    private void begin(Located record) {
        if (!(record.content() instanceof EpochHeader first)) {
            throw wrong(record, "", "stands before the header");
        }
        header = first;
        evidence = signatures
                .map(claims -> new EvidenceCheck(first.deployment(), claims))
                .orElse(null);
    }

    private void batch(Located record, EpochBatch batch, EpochHeader first) {
        requireWholeBatch(record);
        if (!sums.isEmpty()) {
            throw wrong(record, "", "stands behind the sums");
        }
        long position = first.fromPosition() + batches.count();
        if (batch.position() != position || position > first.toPosition()) {
            throw wrong(record, "position", "is %d where %d should be".formatted(batch.position(), position));
        }
        if (batch.rows() < 1) {
            throw wrong(record, "count of rows", "is 0");
        }
        batches.begin(record, batch);
        evidence().ifPresent(EvidenceCheck::begin);
    }

    private void row(Located record, EpochRow row, EpochHeader first) {
        if (!batches.wantsRow()) {
            throw wrong(record, "", "belongs to no batch");
        }
        if (row.proof() instanceof EpochRow.Signed signed) {
            new SignedBytes(row.kind(), signed.signedBytes()).contradiction(row).ifPresent(problem -> {
                throw wrong(record, "signed bytes", problem);
            });
        } else {
            hashesOnly++;
        }
        if (!batches.add(
                record,
                row.sequence(),
                row.ledgerRow(first.deployment().instance()).hash())) {
            throw wrong(record, "sequence", "does not follow the row before it");
        }
        sums.add(record, row.sender(), row.receiver(), row.bytes());
        rows++;
        evidence().ifPresent(check -> {
            check.row(record, row);
            if (!batches.wantsRow()) {
                check.end();
            }
        });
    }

    private void part(Located record, EpochPart part, EpochHeader first) {
        requireAllBatches(record.offset(), first);
        requireAllSums(record.offset());
        long number = first.seq() + sums.parts().size();
        if (sums.parts().size() == first.parts()) {
            throw wrong(record, "", "is one more than the header counts");
        }
        if (part.seq() != number) {
            throw wrong(record, "number of the settlement", "is %d where %d should be".formatted(part.seq(), number));
        }
        if (part.accounts() < 1) {
            throw wrong(record, "count of accounts", "is 0");
        }
        sums.begin(record, part);
    }

    /** Nothing follows. */
    void end(long offset) {
        if (header == null) {
            throw missing(offset, "header");
        }
        requireAllBatches(offset, header);
        if (rows != header.receipts()) {
            throw new WrongEpoch(new Finding(
                    EpochHeader.RECEIPTS_OFFSET,
                    Long.BYTES,
                    "header",
                    "count of receipts",
                    "is %d of %d rows".formatted(header.receipts(), rows)));
        }
        requireAllSums(offset);
        if (sums.parts().size() < header.parts()) {
            throw missing(offset, "part");
        }
        evidence().ifPresent(EvidenceCheck::flush);
    }

    /** Compares what was read with what the file states, and that with the anchor. */
    void requireRoots(Anchor anchor) throws IOException {
        roots().require(anchor);
        requireBatches(header().batchesRoot());
        sums.require();
    }

    private RootsCheck roots() {
        return new RootsCheck(header(), batches, sums);
    }

    private void requireBatches(Bytes32 root) {
        Optional<Mismatch> mismatch = batches.mismatch();
        if (mismatch.isPresent()) {
            throw mismatch.get()
                    .explained(batches.stated().equals(root), batches.computed().equals(root));
        }
        if (!batches.computed().equals(root)) {
            throw new WrongEpoch(new Finding(
                    batches.offset(),
                    batches.end() - batches.offset(),
                    "batches",
                    "",
                    "have other roots, or another order, than the header's batches root%s".formatted(sums.hint())));
        }
    }

    Verdict.Intact intact(boolean anchored) {
        long unverifiable =
                hashesOnly + evidence().map(EvidenceCheck::unverifiable).orElse(0L);
        long signatures = evidence == null ? 0 : rows - unverifiable;
        return new Verdict.Intact(header(), roots().stated(), anchored, signatures, unverifiable);
    }

    private EpochHeader header() {
        return Optional.ofNullable(header).orElseThrow();
    }

    private Optional<EvidenceCheck> evidence() {
        return Optional.ofNullable(evidence);
    }

    private void requireBeforeRows(Located record) {
        if (!batches.isBeforeRows()) {
            throw wrong(record, "", "stands elsewhere than between a batch and its rows");
        }
    }

    private void requireWholeBatch(Located record) {
        if (batches.wantsRow()) {
            throw wrong(record, "", "stands before the last rows of the batch");
        }
    }

    private void requireAllBatches(long offset, EpochHeader first) {
        if (batches.wantsRow()) {
            throw missing(offset, "row");
        }
        if (batches.count() != first.toPosition() - first.fromPosition() + 1) {
            throw missing(offset, "batch");
        }
    }

    private void requireAllSums(long offset) {
        if (sums.wantsSum()) {
            throw missing(offset, "sum");
        }
    }

    private static WrongEpoch missing(long offset, String part) {
        return new WrongEpoch(new Finding(offset, 1, part, "", "is missing here"));
    }

    private static WrongEpoch wrong(Located record, String field, String problem) {
        return new WrongEpoch(new Finding(
                record.offset(), record.size(), record.content().type().title(), field, problem));
    }
}
