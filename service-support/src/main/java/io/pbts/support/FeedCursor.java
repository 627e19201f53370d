package io.pbts.support;

import java.util.regex.Pattern;

/**
 * A position in a feed that is ordered by the transaction that wrote a row, then by the row's key. A page never reaches the
 * oldest transaction in flight ({@code pg_snapshot_xmin}), so nothing can commit behind a cursor that was handed out.
 *
 * @param transaction the 64-bit transaction id (Postgres {@code xid8}) of the last row read
 * @param key the last row's key among the rows of that transaction
 */
public record FeedCursor(long transaction, long key) {
    public static final FeedCursor START = new FeedCursor(0, 0);
    private static final Pattern WIRE = Pattern.compile("(\\d{1,19})\\.(\\d{1,19})");

    public FeedCursor {
        if (transaction < 0 || key < 0) {
            throw new IllegalArgumentException("not a feed position: " + transaction + "." + key);
        }
    }

    /** The position behind an opaque cursor; empty means the start. Anything else that was not handed out is refused. */
    public static FeedCursor parse(String cursor) {
        if (cursor.isEmpty()) {
            return START;
        }
        var parts = WIRE.matcher(cursor);
        if (!parts.matches()) {
            throw new Refusal(400, "invalid-cursor", "cursor is not one that this feed handed out");
        }
        try {
            return new FeedCursor(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
        } catch (NumberFormatException tooLarge) {
            throw new Refusal(400, "invalid-cursor", "cursor is not one that this feed handed out", tooLarge);
        }
    }

    public String wire() {
        return transaction + "." + key;
    }
}
