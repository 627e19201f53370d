package io.pbts.protocol.crypto;

/** The bytes are no key or signature: wrong size, not on the curve, or outside the subgroup where forgeries live. */
public final class MalformedPointException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    MalformedPointException(String reason) {
        super(reason);
    }

    MalformedPointException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
