package io.pbts.receipt.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pbts.receipt.ledger.Redemption.Row;
import io.pbts.receipt.ledger.Redemption.State;
import io.pbts.receipt.verification.Finding.Refused;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of one receipt of a report.
 *
 * @param index its place in the report
 * @param code stable; see the table of codes in the service's documentation
 * @param bytes what it is worth, when it was credited or held
 * @param state of a duplicate: {@code credited} or {@code held}
 * @param detail of a refused one: what is wrong, or when it may be sent again
 * @param sequence number of its row in the ledger
 * @param rowHash of that row, 64 hexadecimal digits: what the acknowledgement's root is over
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ItemResult(
        int index,
        String code,
        @Nullable Long bytes,
        @Nullable String state,
        @Nullable String detail,
        @Nullable Long sequence,
        @Nullable String rowHash) {
    private static final String DUPLICATE = "duplicate";
    private static final String PAIR_CAP = "pair-cap";

    /** Every code that is no defect's. */
    static final List<String> CODES = Stream.concat(
                    Arrays.stream(State.values()).map(ItemResult::name), Stream.of(DUPLICATE, PAIR_CAP))
            .toList();

    static ItemResult refused(int index, Refused refused) {
        return new ItemResult(index, refused.defect().wireName(), null, null, refused.detail(), null, null);
    }

    static ItemResult duplicate(int index, Row row) {
        return new ItemResult(
                index,
                DUPLICATE,
                null,
                name(row.state()),
                null,
                row.receiptSeq(),
                row.hash().hex());
    }

    static ItemResult redeemed(int index, long bytes, Row row) {
        return new ItemResult(
                index,
                name(row.state()),
                bytes,
                null,
                null,
                row.receiptSeq(),
                row.hash().hex());
    }

    static ItemResult overPairCap(int index, Instant again) {
        String detail = "this sender and this receiver have reached their limit for today; send it again from " + again;
        return new ItemResult(index, PAIR_CAP, null, null, detail, null, null);
    }

    /** Whether the ledger has it, now or before. */
    boolean taken() {
        return sequence != null;
    }

    boolean credited() {
        return code.equals(name(State.CREDITED));
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
