package io.pbts.agent.sharing;

import io.pbts.engine.TorrentStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How far a torrent is.
 *
 * @param rate bytes a second: received while something is missing, then sent
 * @param signed receipts that this side signed since it started
 * @param earned receipts that others signed since it started
 */
record Progress(TorrentStatus status, long rate, long signed, long earned) {

    private static final int CELLS = 20;

    /** Until all is there, at this rate; empty when nothing comes. */
    Optional<Duration> eta() {
        return status.left() > 0 && rate > 0
                ? Optional.of(Duration.ofSeconds((status.left() + rate - 1) / rate))
                : Optional.empty();
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pieces", status.pieces());
        fields.put("have", status.havePieces());
        fields.put("left", status.left());
        fields.put("downloaded", status.downloaded());
        fields.put("uploaded", status.uploaded());
        fields.put("rate", rate);
        eta().ifPresent(time -> fields.put("eta_seconds", time.toSeconds()));
        fields.put("peers", status.peers());
        fields.put("receipts_signed", signed);
        fields.put("receipts_earned", earned);
        return fields;
    }

    String downloading() {
        int percent = status.pieces() == 0 ? 0 : status.havePieces() * 100 / status.pieces();
        int full = percent * CELLS / 100;
        return "[%s%s] %3d%%  %s/s  ETA %s  %d peers  receipts: %d signed, %d earned"
                .formatted(
                        "#".repeat(full),
                        ".".repeat(CELLS - full),
                        percent,
                        size(rate),
                        eta().map(Progress::clock).orElse("-"),
                        status.peers(),
                        signed,
                        earned);
    }

    String seeding() {
        return "sent %s  %s/s  %d peers  receipts: %d earned"
                .formatted(size(status.uploaded()), size(rate), status.peers(), earned);
    }

    static String size(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " B";
        }
        double amount = bytes;
        int unit = -1;
        while (amount >= 1 << 10 && unit < 4) {
            amount /= 1 << 10;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %ciB", amount, "KMGTP".charAt(unit));
    }

    private static String clock(Duration time) {
        return time.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
