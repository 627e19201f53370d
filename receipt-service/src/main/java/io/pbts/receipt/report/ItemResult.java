package io.pbts.receipt.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pbts.receipt.ledger.Redemption.Row;
import io.pbts.receipt.ledger.Redemption.State;
import io.pbts.receipt.verification.Finding.Refused;
import java.time.Instant;
import java.util.Locale;
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

    static ItemResult refused(int index, Refused refused) {
        return new ItemResult(index, refused.defect().wireName(), null, null, refused.detail(), null, null);
    }

    static ItemResult duplicate(int index, Row row) {
        return new ItemResult(
                index,
                "duplicate",
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
        return new ItemResult(index, "pair-cap", null, null, detail, null, null);
    }

    boolean credited() {
        return code.equals(name(State.CREDITED));
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
