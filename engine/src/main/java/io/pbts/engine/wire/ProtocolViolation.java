package io.pbts.engine.wire;

import java.io.IOException;

/** The peer sent what it must not send. Ends its connection and nothing else. */
public final class ProtocolViolation extends IOException {

    private static final long serialVersionUID = 1L;

    public ProtocolViolation(String message) {
        super(message);
    }
}
