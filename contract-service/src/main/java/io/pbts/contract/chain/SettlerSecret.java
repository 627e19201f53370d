package io.pbts.contract.chain;

import io.pbts.support.secret.MountedSecrets;
import io.pbts.support.secret.Secret;
import io.pbts.support.secret.UnusableSecret;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the settler's key is: in 64 hexadecimal digits, or in an encrypted keystore beside its password. Files that are replaced
 * are read again; they may be encrypted anew, and must hold the same key, since the owner of a ledger never changes.
 */
final class SettlerSecret {
    static final String PLAIN = "pbts.chain.settler-key";
    static final String KEYSTORE = "pbts.chain.settler-keystore";
    static final String PASSWORD = "pbts.chain.settler-keystore-password";

    private final long chainId;
    private @Nullable SettlerKey first;

    private SettlerSecret(long chainId) {
        this.chainId = chainId;
    }

    /**
     * The key.
     *
     * @param configured what the environment says in the place of a file; blank for nothing
     * @throws IllegalStateException when there is none, there are two, or it cannot be used
     */
    static SettlerKey read(String configured, MountedSecrets secrets, long chainId) {
        var secret = new SettlerSecret(chainId);
        boolean inKeystore = secrets.find(KEYSTORE).isPresent();
        boolean plain = !configured.isBlank() || secrets.find(PLAIN).isPresent();
        if (inKeystore && plain) {
            throw new IllegalStateException(
                    "There are two settler keys, %s and %s: take one away.".formatted(PLAIN, KEYSTORE));
        }
        if (inKeystore || secrets.find(PASSWORD).isPresent()) {
            return secret.followed(secrets, Set.of(KEYSTORE, PASSWORD), SettlerSecret::opened);
        }
        if (secrets.find(PLAIN).isPresent()) {
            return secret.followed(secrets, Set.of(PLAIN), (values, chain) -> plain(values, chain));
        }
        return SettlerKey.parse(configured, chainId);
    }

    private interface Reading {
        SettlerKey key(Map<String, Secret> values, long chainId);
    }

    private SettlerKey followed(MountedSecrets secrets, Set<String> names, Reading reading) {
        Function<Map<String, Secret>, SettlerKey> same = values -> same(reading.key(values, chainId));
        return secrets.watch(names, same).get();
    }

    private SettlerKey same(SettlerKey read) {
        SettlerKey known = first;
        if (known == null) {
            first = read;
            return read;
        }
        if (!known.address().equals(read.address())) {
            throw new UnusableSecret("it is the key of %s and the ledgers belong to %s, for good"
                    .formatted(read.address(), known.address()));
        }
        return known;
    }

    private static SettlerKey opened(Map<String, Secret> values, long chainId) {
        return usable(() ->
                SettlerKey.of(Keystore.open(present(values, KEYSTORE), present(values, PASSWORD)), KEYSTORE, chainId));
    }

    private static SettlerKey plain(Map<String, Secret> values, long chainId) {
        return usable(() -> SettlerKey.parse(present(values, PLAIN).reveal(), chainId));
    }

    private static SettlerKey usable(Supplier<SettlerKey> key) {
        try {
            return key.get();
        } catch (IllegalStateException refused) {
            throw new UnusableSecret(String.valueOf(refused.getMessage()));
        }
    }

    private static Secret present(Map<String, Secret> values, String name) {
        Secret secret = values.get(name);
        if (secret == null) {
            throw new UnusableSecret("there is no file " + name);
        }
        return secret;
    }
}
