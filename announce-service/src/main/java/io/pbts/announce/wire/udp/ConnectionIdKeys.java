package io.pbts.announce.wire.udp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.announce.swarm.KeyedHash;
import io.pbts.support.secret.Secret;
import io.pbts.support.secret.UnusableSecret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of connection ids, newest first: derived by HMAC-SHA-256 from the passkey key, which all nodes of a tracker share,
 * so that an id from one node is good at another, and rotated with it.
 *
 * @param functions the ids of the first are handed out, those of all are accepted
 */
public record ConnectionIdKeys(List<KeyedHash> functions) {
    private static final byte[] LABEL = "pbts udp connection id".getBytes(US_ASCII);

    public ConnectionIdKeys {
        functions = List.copyOf(functions);
    }

    /** From the secret {@code pbts.passkey-key}: 64 hexadecimal digits per line. */
    public static ConnectionIdKeys read(Secret secret) {
        try {
            return new ConnectionIdKeys(secret.lines().stream()
                    .map(line -> derive(HexFormat.of().parseHex(line.reveal())))
                    .toList());
        } catch (IllegalArgumentException wrong) {
            throw new UnusableSecret("one to four lines of 64 hexadecimal digits are wanted");
        }
    }

    private static KeyedHash derive(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            ByteBuffer derived = ByteBuffer.wrap(mac.doFinal(LABEL));
            return new KeyedHash(derived.getLong(), derived.getLong());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
