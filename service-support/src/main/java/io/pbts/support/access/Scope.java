package io.pbts.support.access;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an API key may be good for. A session is good for all that its account may give to a key itself. */
public enum Scope {
    REPORT("report"),
    TORRENTS("torrents"),
    ACCOUNT_READ("account:read"),
    /** Everybody's receipts. Only the operator gives it. */
    AUDIT("audit");

    private final String wire;

    Scope(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    /** Whether an account may give it to its own keys. */
    public boolean isOwners() {
        return this != AUDIT;
    }

    /** All that an account may give to its own keys. */
    public static Set<Scope> owners() {
        return Arrays.stream(values()).filter(Scope::isOwners).collect(Collectors.toUnmodifiableSet());
    }

    /** The scope of this name on the wire. */
    public static Optional<Scope> of(String wire) {
        return Arrays.stream(values()).filter(scope -> scope.wire.equals(wire)).findFirst();
    }
}
