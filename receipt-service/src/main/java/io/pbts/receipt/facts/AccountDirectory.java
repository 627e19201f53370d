package io.pbts.receipt.facts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHash;
import io.pbts.protocol.account.PasskeyHashKeys;
import io.pbts.protocol.account.UserId;
import io.pbts.protocol.hash.Hex;
import io.pbts.receipt.facts.ReputationClient.AccountWire;
import io.pbts.receipt.facts.ReputationClient.KeyWire;
import io.pbts.receipt.facts.ReputationClient.KnownKeyWire;
import io.pbts.receipt.facts.ReputationClient.KnownNameWire;
import io.pbts.receipt.facts.ReputationClient.NamesWire;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Whose key, passkey or name something is. Asked of reputation-service in batches and remembered for seconds, within bounds.
 */
@Component
public class AccountDirectory {
    /**
     * A registered key.
     *
     * @param proven whether its possession was proven; one that was not must never enter an aggregate
     * @param revokedAt when its account took it back, in seconds since 1970
     */
    public record KnownKey(Account account, boolean proven, Optional<Long> revokedAt) {
        /** Whether it spoke for its account at that time; a revocation holds from its very second on. */
        public boolean countsAt(long seconds) {
            return revokedAt.isEmpty() || seconds < revokedAt.get();
        }
    }

    private final ReputationClient reputation;
    private final Supplier<PasskeyHashKeys> passkeyKeys;
    private final Cache<AccountKey, Optional<KnownKey>> keys;
    private final Cache<PasskeyHash, Optional<Account>> passkeys;
    private final Cache<UserId, Optional<Account>> names;

    AccountDirectory(ReputationClient reputation, Supplier<PasskeyHashKeys> passkeyKeys, FactProperties properties) {
        this.reputation = reputation;
        this.passkeyKeys = passkeyKeys;
        this.keys = answers(properties);
        this.passkeys = answers(properties);
        this.names = answers(properties);
    }

    /** The registered ones among these keys. */
    public Map<AccountKey, KnownKey> resolve(Set<AccountKey> asked) {
        Map<AccountKey, KnownKey> known = new HashMap<>();
        List<AccountKey> missing = new ArrayList<>();
        for (AccountKey key : asked) {
            Optional<KnownKey> remembered = keys.getIfPresent(key);
            if (remembered == null) {
                missing.add(key);
            } else {
                remembered.ifPresent(answer -> known.put(key, answer));
            }
        }
        for (int from = 0; from < missing.size(); from += ReputationClient.MAX_NAMES) {
            List<AccountKey> page = missing.subList(from, Math.min(missing.size(), from + ReputationClient.MAX_NAMES));
            Map<AccountKey, KnownKey> answers = askForKeys(page);
            page.forEach(key -> keys.put(key, Optional.ofNullable(answers.get(key))));
            known.putAll(answers);
        }
        return known;
    }

    /** Under the newest hash key first: a passkey of before the last rotation costs one question more. */
    public Optional<Account> byPasskey(Passkey passkey) {
        return passkeyKeys.get().candidates(passkey).stream()
                .flatMap(hash -> byHash(hash).stream())
                .findFirst();
    }

    private Optional<Account> byHash(PasskeyHash hash) {
        return remembered(passkeys, hash, asked -> new NamesWire(List.of(), List.of(asked.hex()), List.of()));
    }

    public Optional<Account> byUserId(UserId userId) {
        return remembered(names, userId, asked -> new NamesWire(List.of(), List.of(), List.of(asked.value())));
    }

    private <K> Optional<Account> remembered(
            Cache<K, Optional<Account>> cache, K name, Function<K, NamesWire> question) {
        Optional<Account> remembered = cache.getIfPresent(name);
        if (remembered != null) {
            return remembered;
        }
        Optional<Account> answer = Asking.ask(Asking.REPUTATION, () -> {
            var resolved = reputation.resolve(question.apply(name));
            return onlyAccount(resolved.passkeyHashes(), resolved.userIds());
        });
        cache.put(name, answer);
        return answer;
    }

    private Map<AccountKey, KnownKey> askForKeys(Collection<AccountKey> asked) {
        List<KeyWire> wires = asked.stream()
                .map(key -> new KeyWire(key.kind().wireName(), wireValue(key)))
                .toList();
        return Asking.ask(Asking.REPUTATION, () -> {
            Map<AccountKey, KnownKey> answers = new HashMap<>();
            for (KnownKeyWire known : reputation
                    .resolve(new NamesWire(wires, List.of(), List.of()))
                    .keys()) {
                answers.put(keyOf(known), knownKey(known));
            }
            return answers;
        });
    }

    /** "There is none" is forgotten sooner than "this is it". */
    private static <K, V> Cache<K, Optional<V>> answers(FactProperties properties) {
        return Caffeine.newBuilder()
                .maximumSize(properties.accounts())
                .expireAfter(Expiry.<K, Optional<V>>writing(
                        (_, answer) -> answer.isPresent() ? properties.fresh() : properties.absentFor()))
                .build();
    }

    private static Optional<Account> onlyAccount(List<KnownNameWire> passkeys, List<KnownNameWire> names) {
        List<KnownNameWire> found = passkeys.isEmpty() ? names : passkeys;
        return found.stream().findFirst().map(known -> accountOf(known.account()));
    }

    private static String wireValue(AccountKey key) {
        return switch (key) {
            case AccountKey.Bls bls -> bls.bytes().toUnprefixedHexString();
            case AccountKey.Wallet wallet -> wallet.address().checksummed();
        };
    }

    private static AccountKey keyOf(KnownKeyWire known) {
        AccountKey.Kind kind = AccountKey.Kind.ofWireName(known.kind())
                .orElseThrow(() -> new IllegalArgumentException("not a kind of key: " + known.kind()));
        return switch (kind) {
            case BLS -> new AccountKey.Bls(Hex.decode(known.value()));
            case ADDRESS -> new AccountKey.Wallet(EthereumAddress.parse(known.value()));
        };
    }

    private static KnownKey knownKey(KnownKeyWire known) {
        return new KnownKey(accountOf(known.account()), known.proven(), Optional.ofNullable(known.revokedAt()));
    }

    private static Account accountOf(AccountWire wire) {
        return new Account(wire.accountId(), wire.userId(), ChainAccount.fromHex(wire.chainAccount()));
    }
}
