package io.pbts.contract.status;

import io.pbts.contract.chain.watch.ChainState;
import io.pbts.contract.chain.watch.ChainWatch;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was settled, and what is on its way. */
@RestController
@Allow(Who.ANYONE)
@Tag(name = "chain")
class EpochController {
    private static final int MOST_PENDING = 256;
    private static final int MOST_EPOCHS = 200;

    /** Newest first; {@code next} is the {@code before} of the next page. */
    record EpochPage(List<EpochAnswer> epochs, @Nullable Long next) {}

    /** A settlement: one transaction, which carries an epoch or a part of one; {@code contract_seq} is its number there. */
    record EpochAnswer(
            long seq,
            String contract,
            long contractSeq,
            String root,
            int part,
            boolean complete,
            long fromPosition,
            long toPosition,
            long receipts,
            BigInteger bytes,
            @Nullable Integer accounts,

            @Schema(allowableValues = {"planned", "submitted", "mined", "final"})
            String state,

            long plannedAt,
            @Nullable Carrier transaction) {}

    /** The transaction that carries a settlement. */
    record Carrier(
            String hash,
            @Nullable Long block,
            @Nullable Long confirmations,
            @Schema(format = "decimal") @Nullable String paidWei,
            @Nullable String url) {}

    record PendingPage(List<PendingAnswer> transactions) {}

    /** What was asked of the chain and is not final; without a nonce it waits for its turn, for lower fees or for the budget. */
    record PendingAnswer(
            long id,
            String purpose,

            @Schema(allowableValues = {"queued", "submitted", "mined"})
            String state,

            long askedAt,
            @Nullable Long nonce,
            @Nullable String hash,
            @Nullable Long gasLimit,
            @Nullable Long maxFeeWei,
            @Nullable Long maxTipWei,
            @Nullable Integer timesRaised,
            @Nullable Long firstSentAt,
            @Nullable Long lastSentAt,
            @Nullable Long block,
            @Nullable Long confirmations,
            @Nullable String url) {}

    private final SettlementRows rows;
    private final ChainWatch watch;
    private final Explorer explorer;

    EpochController(SettlementRows rows, ChainWatch watch, Explorer explorer) {
        this.rows = rows;
        this.watch = watch;
        this.explorer = explorer;
    }

    @GetMapping("/api/v1/chain/epochs")
    EpochPage epochs(
            @RequestParam(name = "before", required = false) @Nullable Long before,
            @RequestParam(name = "limit", defaultValue = "50") int limit) {
        int size = Math.clamp(limit, 1, MOST_EPOCHS);
        List<SettlementRows.Row> found = rows.before(before == null ? Long.MAX_VALUE : before, size);
        boolean more = found.size() == size && found.getLast().seq() > 1;
        return new EpochPage(
                found.stream().map(this::answer).toList(),
                more ? found.getLast().seq() : null);
    }

    @GetMapping("/api/v1/chain/epochs/{seq}")
    EpochAnswer epoch(@PathVariable("seq") long seq) {
        return rows.find(seq)
                .map(this::answer)
                .orElseThrow(() -> new Refusal(404, "unknown-epoch", "No settlement has this number"));
    }

    @GetMapping("/api/v1/chain/transactions/pending")
    PendingPage pending() {
        return new PendingPage(
                rows.pending(MOST_PENDING).stream().map(this::answer).toList());
    }

    private EpochAnswer answer(SettlementRows.Row row) {
        return new EpochAnswer(
                row.seq(),
                row.contract().checksummed(),
                row.contractSeq(),
                row.root().hex(),
                row.part(),
                row.complete(),
                row.fromPosition(),
                row.toPosition(),
                row.receipts(),
                row.bytes(),
                row.accounts().isPresent() ? row.accounts().getAsInt() : null,
                row.state(),
                row.plannedAt().getEpochSecond(),
                row.transaction().map(hash -> carrier(hash, row)).orElse(null));
    }

    private Carrier carrier(Bytes32 hash, SettlementRows.Row row) {
        return new Carrier(
                hash.toHexString(),
                orNull(row.block()),
                confirmations(row.block()),
                row.paidWei().map(BigInteger::toString).orElse(null),
                explorer.transaction(hash));
    }

    private PendingAnswer answer(SettlementRows.Pending pending) {
        SettlementRows.SignedRow signed = pending.signed().orElse(null);
        if (signed == null) {
            return new PendingAnswer(
                    pending.submission(),
                    pending.purpose(),
                    pending.state(),
                    pending.askedAt().getEpochSecond(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
        return new PendingAnswer(
                pending.submission(),
                pending.purpose(),
                pending.state(),
                pending.askedAt().getEpochSecond(),
                signed.nonce(),
                signed.hash().toHexString(),
                signed.gasLimit(),
                signed.maxFee(),
                signed.maxTip(),
                signed.raised(),
                signed.firstSent().map(Instant::getEpochSecond).orElse(null),
                signed.lastSent().map(Instant::getEpochSecond).orElse(null),
                orNull(signed.block()),
                confirmations(signed.block()),
                explorer.transaction(signed.hash()));
    }

    /** Blocks from that one to the head, both counted. */
    private @Nullable Long confirmations(OptionalLong block) {
        return block.isPresent() && watch.latest() instanceof ChainState.Ready ready
                ? Math.max(0, ready.head().number() - block.getAsLong() + 1)
                : null;
    }

    private static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
