package io.pbts.local.demo;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * What a tracker says of an account ({@code GET /user/{user_id}}).
 *
 * @param uploaded bytes that were signed for by others
 * @param downloaded bytes that it signed for
 * @param credit bytes granted
 * @param owed bytes that it must seed before it may download
 * @param unattested bytes that its client announced as downloaded and nobody has its signature for
 * @param ratio as the tracker tells it; none before the first download
 */
record Standing(
        long uploaded, long downloaded, long credit, boolean allowed, long owed, long unattested, String ratio) {

    static Standing of(JsonNode user) {
        JsonNode ratio = user.path("ratio");
        return new Standing(
                user.path("total_uploaded").asLong(),
                user.path("total_downloaded").asLong(),
                user.path("credit_bytes").asLong(),
                user.path("allowed").asBoolean(),
                user.path("bytes_owed").asLong(),
                user.path("unattested_bytes").asLong(),
                ratio.isNumber() ? ratio.asString() : "none");
    }

    /** The ratio as refusals print it: rounded down, and of what was announced where that is more than was signed for. */
    String floor() {
        long earned = credit + uploaded;
        long taken = taken();
        return taken == 0
                ? "0.00"
                : String.format(Locale.ROOT, "%d.%02d", earned / taken, earned % taken * 100 / taken);
    }

    private long taken() {
        return downloaded + unattested;
    }

    @Override
    public String toString() {
        return "up %d, down %d%s, credit %d bytes, ratio %s, %s"
                .formatted(
                        uploaded,
                        downloaded,
                        unattested == 0 ? "" : " and " + unattested + " without a receipt",
                        credit,
                        taken() == 0 ? "none" : floor(),
                        allowed ? "may download" : "must seed " + owed + " more bytes");
    }
}
