package io.pbts.support.access;

import java.util.Arrays;
import java.util.Optional;

/** What an API key may be good for. A session is good for all of it. */
public enum Scope {
    REPORT("report"),
    TORRENTS("torrents"),
    ACCOUNT_READ("account:read");

    private final String wire;

    Scope(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    /** The scope of this name on the wire. */
    public static Optional<Scope> of(String wire) {
        return Arrays.stream(values()).filter(scope -> scope.wire.equals(wire)).findFirst();
    }
}
