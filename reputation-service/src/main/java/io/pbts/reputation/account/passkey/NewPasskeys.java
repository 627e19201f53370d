package io.pbts.reputation.account.passkey;

import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHash;
import io.pbts.protocol.account.PasskeyHashKeys;
import io.pbts.support.secret.MountedSecrets;
import io.pbts.support.secret.Secret;
import io.pbts.support.secret.UnusableSecret;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Makes passkeys and hashes them under the newest of the keys in the secret {@code pbts.passkey-key}. The older lines are for
 * those who look passkeys up: what was hashed under them stays as it is until the passkey is rotated.
 */
@Component
public class NewPasskeys {
    private static final String SECRET = "pbts.passkey-key";

    private final Supplier<PasskeyHashKeys> keys;
    private final SecureRandom random;

    NewPasskeys(MountedSecrets secrets, SecureRandom random) {
        this.keys = secrets.watch(SECRET, NewPasskeys::read);
        this.random = random;
    }

    /** A passkey that is shown once, and its hash, which is kept. */
    public record NewPasskey(Passkey passkey, PasskeyHash hash) {}

    public NewPasskey make() {
        Passkey passkey = Passkey.generate(random);
        return new NewPasskey(passkey, keys.get().current(passkey));
    }

    /** All that a passkey which somebody shows may be stored under, the newest key's first. */
    public List<PasskeyHash> candidates(Passkey passkey) {
        return keys.get().candidates(passkey);
    }

    private static PasskeyHashKeys read(Secret secret) {
        try {
            return PasskeyHashKeys.parse(secret.reveal());
        } catch (IllegalArgumentException unusable) {
            throw new UnusableSecret("it is not one to four lines of 64 hexadecimal digits other than zeros");
        }
    }
}
