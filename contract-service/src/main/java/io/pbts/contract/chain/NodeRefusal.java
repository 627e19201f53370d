package io.pbts.contract.chain;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The node answered, and the answer is an error. */
public final class NodeRefusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public NodeRefusal(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
