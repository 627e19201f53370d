package io.pbts.announce.wire.tls;

import java.io.Serial;

/** What the files hold is no certificate with its key; the message says why and repeats nothing of the key. */
public final class TlsUnusable extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    TlsUnusable(String reason) {
        super(reason);
    }
}
