package io.pbts.protocol.signin;

import io.pbts.protocol.hash.Hex;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes;

/** Names one challenge: 128 random bits, written as 32 hexadecimal digits in lower case, good for one signature. */
public record LoginNonce(Bytes bytes) {

    public static final int SIZE = 16;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public LoginNonce {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a nonce has 16 bytes, not " + bytes.size());
        }
        bytes = bytes.copy();
    }

    public static LoginNonce random(SecureRandom random) {
        byte[] bytes = new byte[SIZE];
        random.nextBytes(bytes);
        return new LoginNonce(Bytes.wrap(bytes));
    }

    /** Empty unless the text is the one spelling of a nonce. */
    public static Optional<LoginNonce> parse(String hex) {
        return FORM.matcher(hex).matches() ? Optional.of(new LoginNonce(Hex.decode(hex))) : Optional.empty();
    }

    /** Lower case, without a prefix: 32 digits. */
    public String hex() {
        return bytes.toUnprefixedHexString();
    }

    @Override
    public String toString() {
        return hex();
    }
}
