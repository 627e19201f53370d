package io.pbts.receipt.acknowledgement;

import io.pbts.protocol.crypto.Ed25519PublicKey;
import io.pbts.protocol.crypto.Ed25519SecretKey;
import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.receipt.Acknowledgement;
import io.pbts.support.secret.MountedSecrets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.stereotype.Component;

/**
 * The keys that acknowledgements are signed with, from a mounted secret: one seed per line, newest first. The first one signs;
 * the others are published as long as they are in the file.
 */
@Component
public class AcknowledgementKeys {
    static final String SECRET = "pbts.acknowledgement-key";

    private static final int MAX_KEYS = 8;

    private final Supplier<List<Ed25519SecretKey>> keys;

    AcknowledgementKeys(MountedSecrets secrets) {
        this.keys = secrets.watch(SECRET, secret -> parse(secret.reveal()));
    }

    /** Signs with the newest key. */
    public SignedAcknowledgement sign(Acknowledgement acknowledgement) {
        Ed25519SecretKey key = keys.get().getFirst();
        return new SignedAcknowledgement(
                acknowledgement.instance().hex(),
                acknowledgement.first(),
                acknowledgement.count(),
                acknowledgement.root().toUnprefixedHexString(),
                key.publicKey().hex(),
                key.sign(acknowledgement.signedBytes()).toUnprefixedHexString());
    }

    /** The public halves, newest first. */
    public List<Ed25519PublicKey> published() {
        return keys.get().stream().map(Ed25519SecretKey::publicKey).toList();
    }

    /** 64 hexadecimal digits per line. */
    static List<Ed25519SecretKey> parse(String lines) {
        List<Ed25519SecretKey> parsed = lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> new Ed25519SecretKey(Bytes32.wrap(Hex.decode(line, Bytes32.SIZE))))
                .toList();
        if (parsed.isEmpty() || parsed.size() > MAX_KEYS) {
            throw new IllegalArgumentException(
                    "one to %d acknowledgement keys, not %d".formatted(MAX_KEYS, parsed.size()));
        }
        return parsed;
    }
}
