package io.pbts.agent.sharing;

import io.pbts.agent.cli.Asked;
import java.util.Optional;

/** Failure reasons of PBTS announces after which asking again does not help: the user has to do something. */
final class Announcements {

    private Announcements() {}

    /** What to do about it; empty for what may pass by itself. */
    static Optional<String> remedy(String reason) {
        if (reason.startsWith("Unknown passkey")) {
            return Optional.of(Asked.NEW_PASSKEY);
        }
        if (reason.startsWith("Unregistered torrent")) {
            return Optional.of("pbts agent publish --torrent FILE registers it");
        }
        return reason.startsWith("Insufficient ratio")
                ? Optional.of("pbts agent seed --file PATH earns credit")
                : Optional.empty();
    }
}
