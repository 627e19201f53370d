package io.pbts.protocol.layout;

/** Bytes are not laid out as they should be; the message says where. */
public final class LayoutException extends RuntimeException {
    public LayoutException(String message) {
        super(message);
    }

    public LayoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
