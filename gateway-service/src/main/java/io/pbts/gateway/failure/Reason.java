package io.pbts.gateway.failure;

import java.util.Locale;

/** Why the gateway itself gives somebody less than he asked for, as it is counted. */
enum Reason {
    /** A request that is not one. */
    MALFORMED,
    /** No credential where one is needed, or one that does not count. */
    CREDENTIAL,
    NOT_ALLOWED,
    NOT_FOUND,
    /** A body that is too large, too slow or breaks off. */
    BODY,
    /** Too many requests from one client. */
    RATE,
    /** We have more to do than we can. */
    OVERLOADED,
    /** The service that the route belongs to, or one that has to be asked first, cannot be reached. */
    AWAY,
    /** A fault of ours. */
    INTERNAL;

    static Reason of(Failure failure) {
        return switch (failure.status()) {
            case 401 -> CREDENTIAL;
            case 403 -> NOT_ALLOWED;
            case 404 -> NOT_FOUND;
            case 408, 413 -> BODY;
            case 429 -> RATE;
            case 503 -> failure.code().equals("overloaded") ? OVERLOADED : AWAY;
            default -> failure.status() < 500 ? ofMalformed(failure) : INTERNAL;
        };
    }

    private static Reason ofMalformed(Failure failure) {
        return failure.code().startsWith("body-") ? BODY : MALFORMED;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
