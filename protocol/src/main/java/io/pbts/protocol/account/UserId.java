package io.pbts.protocol.account;

import java.util.regex.Pattern;

/** The name an account goes by. A wallet-only account's is its checksummed address. */
public record UserId(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final Pattern ADDRESS = Pattern.compile("0[xX][0-9a-fA-F]{40}");

    public UserId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("a user id is 1 to 64 of A-Z a-z 0-9 . _ @ -");
        }
    }

    /** Whether the name looks like a wallet address; such a name belongs to that wallet alone. */
    public boolean isAddressShaped() {
        return ADDRESS.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
