package io.pbts.contract.proof;

import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.proof.EpochTrees.Trees;
import io.pbts.contract.proof.SettledEpoch.Part;
import io.pbts.protocol.epoch.EpochBatch;
import io.pbts.protocol.epoch.EpochHeader;
import io.pbts.protocol.epoch.EpochPart;
import io.pbts.protocol.epoch.EpochRecord;
import io.pbts.protocol.epoch.EpochSum;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.support.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.stereotype.Component;

/** Writes the file of an epoch, whose records are in {@code docs/protocol.md}: one batch at a time is in memory. */
@Component
class EpochFile {
    private static final int PAGE = 256;

    private final EpochRows rows;
    private final EpochTrees trees;
    private final ExportedBatches batches;
    private final ChainIdentities identities;

    EpochFile(EpochRows rows, EpochTrees trees, ExportedBatches batches, ChainIdentities identities) {
        this.rows = rows;
        this.trees = trees;
        this.batches = batches;
        this.identities = identities;
    }

    /** A file of which all is there that can be known beforehand, its first batch included. */
    record Opened(SettledEpoch epoch, EpochHeader header, Bytes firstBatch) {}

    /** Refuses what is no settled epoch. */
    Opened open(long seq) {
        SettledEpoch epoch =
                rows.of(seq).orElseThrow(() -> new Refusal(404, "unknown-epoch", "No settlement has this number"));
        if (!epoch.isSettled()) {
            throw new Refusal(409, "not-settled", "This epoch is not on the chain yet, or not all of its parts");
        }
        EpochHeader header = header(epoch);
        EpochRows.Batch first =
                rows.batches(epoch.fromPosition(), epoch.toPosition(), 1).getFirst();
        return new Opened(
                epoch,
                header,
                Bytes.wrap(batches.records(first, header.deployment().instance())));
    }

    void write(Opened file, OutputStream out) throws IOException {
        write(file.header(), out);
        SettledEpoch epoch = file.epoch();
        for (long next = epoch.fromPosition(); next <= epoch.toPosition(); ) {
            List<EpochRows.Batch> page = rows.batches(next, epoch.toPosition(), PAGE);
            for (EpochRows.Batch batch : page) {
                write(new EpochBatch(batch.number(), batch.position(), batch.rows(), batch.root()), out);
                out.write(
                        batch.position() == epoch.fromPosition()
                                ? file.firstBatch().toArrayUnsafe()
                                : batches.records(
                                        batch, file.header().deployment().instance()));
            }
            next = page.getLast().position() + 1;
        }
        for (Part part : epoch.parts()) {
            List<AccountSum> sums = trees.of(epoch, part).sums().sums();
            write(
                    new EpochPart(
                            part.contractSeq(),
                            sums.size(),
                            trees.of(epoch, part).sums().root()),
                    out);
            for (AccountSum sum : sums) {
                write(new EpochSum(sum), out);
            }
        }
    }

    private EpochHeader header(SettledEpoch epoch) {
        var deployment = new Deployment(identities.current().chainId(), epoch.contract(), batches.instance());
        Part first = epoch.parts().getFirst();
        Trees made = trees.of(epoch, first);
        Bytes32 previous = epoch.isFirstOfLedger()
                ? Bytes32.ZERO
                : rows.rootOf(first.seq() - 1).map(EpochRoot::bytes).orElseThrow();
        return new EpochHeader(
                deployment,
                first.contractSeq(),
                epoch.fromPosition(),
                epoch.toPosition(),
                rows.receipts(epoch),
                epoch.parts().size(),
                made.batchesRoot(),
                previous);
    }

    private static void write(EpochRecord record, OutputStream out) throws IOException {
        out.write(record.framed());
    }
}
