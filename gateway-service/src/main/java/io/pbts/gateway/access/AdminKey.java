package io.pbts.gateway.access;

import io.pbts.support.secret.Secret;
import io.pbts.support.secret.UnusableSecret;

/** The operator's key, from the mounted file {@value #FILE}. Known defaults are refused where the file is read. */
record AdminKey(Secret secret) {
    static final String FILE = "pbts.admin-key";
    private static final int SHORTEST = 32;

    static AdminKey read(Secret secret) {
        if (secret.reveal().length() < SHORTEST) {
            throw new UnusableSecret("it is shorter than %d characters".formatted(SHORTEST));
        }
        return new AdminKey(secret);
    }

    /** In time that says nothing of the key. */
    boolean opens(String shown) {
        return secret.matches(shown);
    }
}
