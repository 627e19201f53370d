package io.pbts.announce.wire;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The tracker cannot listen where it should. */
final class TrackerPortUnusable extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String setting;

    TrackerPortUnusable(Door.Kind kind, String address, int port, @Nullable Throwable cause) {
        super(
                "The tracker cannot listen at %s port %d: %s"
                        .formatted(address, port, cause == null ? "unknown" : cause.getMessage()),
                cause);
        setting = switch (kind) {
            case DIRECT -> "PBTS_TRACKER_PORT";
            case TLS -> "PBTS_TRACKER_TLS_PORT";
            case INTERNAL -> "PBTS_TRACKER_INTERNAL_PORT";
        };
    }

    /** The environment variable that chooses another port. */
    String setting() {
        return setting;
    }
}
