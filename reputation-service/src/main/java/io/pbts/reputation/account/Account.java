package io.pbts.reputation.account;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.PasskeyHash;
import io.pbts.protocol.account.UserId;
import io.pbts.reputation.standing.AccountId;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A name with its keys and passkeys. Its totals are elsewhere and not mapped. Two accounts never share a name or a key: the
 * tables' constraints decide, not a look before.
 */
@Entity
class Account {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long accountId;

    private String userId;

    @SuppressWarnings("UnusedVariable") // stored for the feed of enrolments, which reads the table
    private Bytes chainAccount;

    private Instant registeredAt;

    @ElementCollection
    @CollectionTable(name = "account_key", joinColumns = @JoinColumn(name = "account_id"))
    private Set<HeldKey> keys = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "passkey", joinColumns = @JoinColumn(name = "account_id"))
    private Set<IssuedPasskey> passkeys = new HashSet<>();

    @SuppressWarnings("NullAway.Init") // for Hibernate, which fills the fields
    protected Account() {}

    private Account(UserId user, ChainAccount chainAccount, AccountKey key, boolean possessionProven, Instant now) {
        this.userId = user.value();
        this.chainAccount = chainAccount.bytes();
        this.registeredAt = now;
        this.keys.add(HeldKey.of(key, possessionProven, now));
    }

    /** @param chainAccount of the key, unless the key replaced another one on the tracker before this one */
    static Account register(
            UserId user,
            ChainAccount chainAccount,
            AccountKey key,
            boolean possessionProven,
            PasskeyHash passkey,
            Instant now) {
        var account = new Account(user, chainAccount, key, possessionProven, now);
        account.passkeys.add(IssuedPasskey.of(passkey, now));
        return account;
    }

    AccountId id() {
        return new AccountId(Objects.requireNonNull(accountId, "not stored yet"));
    }

    UserId user() {
        return new UserId(userId);
    }

    Instant registeredAt() {
        return registeredAt;
    }

    /** The BLS key that it registered with; a wallet has none, whatever keys it added. */
    Optional<Bytes> blsKey() {
        return keys.stream()
                .filter(key -> key.isBls() && key.addedAt().equals(registeredAt))
                .map(HeldKey::publicKey)
                .findFirst();
    }
}
