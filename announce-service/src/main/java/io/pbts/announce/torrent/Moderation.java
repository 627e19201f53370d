package io.pbts.announce.torrent;

import io.pbts.announce.torrent.RegisteredTorrents.Listing;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a torrent stands with the community. Only an approved one is served and earns credit. Named as the column has them. */
enum Moderation {
    /** Waits for the operator. */
    pending,
    approved,
    /** By the operator, with a reason. */
    rejected,
    /** By its uploader. */
    withdrawn;

    /** How Transmission knows a torrent that the tracker does not have, in lower case; a reason may follow. */
    private static final String PREFIX = "Unregistered torrent: ";

    /**
     * From which states the operator may bring a torrent here. What its uploader has withdrawn is not brought back by somebody
     * else, only kept from coming back.
     */
    Set<Moderation> before() {
        return switch (this) {
            case approved -> Set.of(pending, rejected, approved);
            case pending -> Set.of(approved, rejected, pending);
            case rejected -> Set.of(pending, approved, withdrawn, rejected);
            case withdrawn -> Set.of();
        };
    }

    Listing listing(long changedIn, @Nullable String reason) {
        return switch (this) {
            case approved -> new Listing(changedIn, null, false);
            case pending -> new Listing(changedIn, PREFIX + "waiting for approval", true);
            case rejected -> new Listing(changedIn, PREFIX + "rejected, " + reason, false);
            case withdrawn -> new Listing(changedIn, PREFIX + "withdrawn by its uploader", false);
        };
    }
}
