package io.pbts.gateway.access;

import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;

/** Whom a bearer credential stands for, wherever it is shown. */
record Bearer(long accountId, String userId, Set<Scope> scopes, Caller.Credential kind, String credentialId) {
    private static final Duration RETRY = Duration.ofSeconds(2);

    Bearer {
        scopes = Set.copyOf(scopes);
        if (accountId < 1 || userId.isEmpty() || userId.length() > 64 || credentialId.length() > 128) {
            throw new IllegalArgumentException("not an account's credential: " + accountId);
        }
    }

    Caller at(InetAddress address) {
        return new Caller.Account(address, accountId, userId, scopes, kind, credentialId);
    }

    /** What says whether a credential is good cannot be reached; nothing is decided. */
    static Refusal unavailable(String what) {
        String sentence = "%s cannot be checked now; try again in %d s".formatted(what, RETRY.toSeconds());
        return new Refusal(503, "unavailable", sentence, RETRY, null);
    }
}
