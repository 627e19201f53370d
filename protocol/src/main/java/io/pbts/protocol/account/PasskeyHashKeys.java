package io.pbts.protocol.account;

import java.util.List;

/**
 * The keys under which passkeys are hashed, newest first. New passkeys are hashed under the first; a known one is looked for under
 * each, so that the key can be replaced while the passkeys of before live on.
 */
public record PasskeyHashKeys(List<PasskeyHashKey> keys) {
    private static final int MAX_KEYS = 4;

    public PasskeyHashKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("one to %d passkey keys, not %d".formatted(MAX_KEYS, keys.size()));
        }
    }

    /** As the secret file has them: 64 hexadecimal digits per line. */
    public static PasskeyHashKeys parse(String lines) {
        return new PasskeyHashKeys(lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(PasskeyHashKey::fromHex)
                .toList());
    }

    /** What a new passkey is stored under. */
    public PasskeyHash current(Passkey passkey) {
        return passkey.hash(keys.getFirst());
    }

    /** All that a passkey may be stored under, the newest key's first. */
    public List<PasskeyHash> candidates(Passkey passkey) {
        return keys.stream().map(passkey::hash).toList();
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
