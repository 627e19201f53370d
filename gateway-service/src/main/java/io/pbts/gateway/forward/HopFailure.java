package io.pbts.gateway.forward;

import reactor.netty.http.client.PrematureCloseException;

/** What a log may say of a failed hop. */
public final class HopFailure {
    private HopFailure() {}

    /**
     * The class says enough: a message may hold a target, and a target may hold a passkey. Of a lost connection, how far the
     * answer had come: without a cause of its own, the message is one of the client's constants.
     */
    public static String nameOf(Throwable cause) {
        return cause instanceof PrematureCloseException && cause.getCause() == null
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getSimpleName();
    }
}
