package io.pbts.support;

import java.io.IOException;
import java.io.Serial;

/** A request body went over its limit; the message names the limit. */
final class BodyTooLarge extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    BodyTooLarge(long limit) {
        super("The body is larger than %d bytes; send less at a time".formatted(limit));
    }
}
