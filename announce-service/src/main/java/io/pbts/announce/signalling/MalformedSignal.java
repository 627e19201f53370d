package io.pbts.announce.signalling;

import java.io.Serial;

/** A message that is none of the protocol; says in a few words why. */
public final class MalformedSignal extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    MalformedSignal(String reason) {
        super(reason);
    }
}
