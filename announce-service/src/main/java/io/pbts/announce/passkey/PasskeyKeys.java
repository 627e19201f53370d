package io.pbts.announce.passkey;

import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHashKeys;
import io.pbts.support.secret.Secret;
import io.pbts.support.secret.UnusableSecret;
import java.util.HexFormat;
import java.util.List;

/** The keys under which passkeys are hashed, newest first, as the protocol's and as the blocks of {@link PasskeyHasher}. */
public final class PasskeyKeys {
    private final PasskeyHashKeys keys;
    private final List<byte[]> raw;

    private PasskeyKeys(PasskeyHashKeys keys, List<byte[]> raw) {
        this.keys = keys;
        this.raw = raw;
    }

    /** From the secret {@code pbts.passkey-key}: 64 hexadecimal digits per line. */
    public static PasskeyKeys read(Secret secret) {
        try {
            PasskeyHashKeys keys = PasskeyHashKeys.parse(secret.reveal());
            List<byte[]> raw = secret.lines().stream()
                    .map(line -> HexFormat.of().parseHex(line.reveal()))
                    .toList();
            return new PasskeyKeys(keys, raw);
        } catch (IllegalArgumentException wrong) {
            throw new UnusableSecret("one to four lines of 64 hexadecimal digits, none all zero, are wanted");
        }
    }

    /** All hashes under which reputation-service may know the passkey, the newest key's first. */
    public List<HashedPasskey> candidates(Passkey passkey) {
        return keys.candidates(passkey).stream().map(HashedPasskey::of).toList();
    }

    int count() {
        return raw.size();
    }

    byte[] key(int index) {
        return raw.get(index);
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
