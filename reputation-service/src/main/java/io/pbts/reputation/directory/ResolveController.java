package io.pbts.reputation.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.account.PasskeyHash;
import io.pbts.protocol.hash.Hex;
import io.pbts.reputation.directory.Directory.KeyHolder;
import io.pbts.reputation.standing.UserIds;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Many lookups in one question; what is unknown is simply not in the answer. */
@RestController
@Tag(name = "internal")
class ResolveController {
    private final Directory directory;
    private final DirectoryProperties properties;

    ResolveController(Directory directory, DirectoryProperties properties) {
        this.directory = directory;
        this.properties = properties;
    }

    record KeyName(@Nullable String kind, @Nullable String value) {
        AccountKey key() {
            if (kind == null || value == null) {
                throw new IllegalArgumentException("a key has a kind and a value");
            }
            AccountKey.Kind named = AccountKey.Kind.ofWireName(kind)
                    .orElseThrow(() -> new IllegalArgumentException("no kind of key is called that"));
            return switch (named) {
                case BLS -> new AccountKey.Bls(Hex.decode(value, AccountKey.Bls.SIZE));
                case ADDRESS -> new AccountKey.Wallet(EthereumAddress.parse(value));
            };
        }
    }

    record Question(
            @Nullable List<KeyName> keys,
            @Nullable List<String> passkeyHashes,
            @Nullable List<String> userIds) {}

    /**
     * Whose a key is.
     *
     * @param revokedAt since when it signs nothing that counts; absent while it is not revoked
     */
    record KeyAnswer(
            String kind,
            String value,
            boolean proven,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long revokedAt,

            AccountView account) {
        static KeyAnswer of(KeyHolder holder) {
            String value =
                    switch (holder.key()) {
                        case AccountKey.Bls bls -> bls.bytes().toUnprefixedHexString();
                        case AccountKey.Wallet wallet -> wallet.address().checksummed();
                    };
            return new KeyAnswer(
                    holder.key().kind().wireName(), value, holder.proven(), holder.revokedAt(), holder.account());
        }
    }

    /**
     * Whose a passkey is.
     *
     * @param expiresAt the second from which it is nobody's; absent while it was not replaced
     */
    record PasskeyAnswer(
            String value,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long expiresAt,

            AccountView account) {}

    record Answer(String value, AccountView account) {}

    record Answers(List<KeyAnswer> keys, List<PasskeyAnswer> passkeyHashes, List<Answer> userIds) {}

    @Allow(value = Who.SERVICE, services = "receipt")
    @PostMapping("/internal/v1/accounts/resolve")
    Answers resolve(@RequestBody Question question) {
        List<KeyName> keys = listed("keys", question.keys());
        List<String> hashes = listed("passkey_hashes", question.passkeyHashes());
        List<String> names = listed("user_ids", question.userIds());
        properties.requireBounded(keys.size() + hashes.size() + names.size());
        var holders = directory.holdersOfKeys(each("keys", keys, KeyName::key));
        var owners = directory.holdersOfPasskeys(each("passkey_hashes", hashes, PasskeyHash::fromHex));
        var named = directory.named(
                names.stream().flatMap(name -> UserIds.parse(name).stream()).toList());
        return new Answers(
                holders.stream().map(KeyAnswer::of).toList(),
                owners.stream()
                        .map(owner -> new PasskeyAnswer(owner.hash().hex(), owner.expiresAt(), owner.account()))
                        .toList(),
                named.stream()
                        .map(account -> new Answer(account.userId(), account))
                        .toList());
    }

    private static <W> List<W> listed(String field, @Nullable List<W> written) {
        if (written == null) {
            return List.of();
        }
        if (written.stream().anyMatch(Objects::isNull)) {
            throw new Refusal(400, "invalid-lookup", field + ": null is no value");
        }
        return written;
    }

    private static <W, V> List<V> each(String field, List<W> written, Function<W, V> reader) {
        try {
            return written.stream().map(reader).toList();
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "invalid-lookup", "%s: %s".formatted(field, malformed.getMessage()), malformed);
        }
    }
}
