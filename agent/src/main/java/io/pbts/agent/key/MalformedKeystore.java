package io.pbts.agent.key;

/** It is no keystore, or one that nobody can open here. The message repeats nothing of it. */
public final class MalformedKeystore extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedKeystore(String message) {
        super(message);
    }
}
