package io.pbts.reputation.account.key;

import io.pbts.protocol.account.AccountKey;
import io.pbts.reputation.standing.AccountId;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** An account's further keys. The key itself signs that it is added; the challenge and the session say to which account. */
@RestController
@Tag(name = "accounts")
@Allow(Who.ACCOUNT)
@RequestMapping("/api/v1/account/keys")
class KeyController {
    private final NewKeys newKeys;
    private final Keys keys;

    KeyController(NewKeys newKeys, Keys keys) {
        this.newKeys = newKeys;
        this.keys = keys;
    }

    /** {@code wallet}: message and signature; {@code bls}: the other four. */
    record AddKeyRequest(
            @Nullable String kind,
            @Nullable String message,
            @Nullable String signature,
            @Nullable String publicKey,
            @Nullable String proofOfPossession,
            @Nullable String nonce) {}

    record Added(String kind, String value, long addedAt) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Added add(@RequestBody AddKeyRequest request, Caller.Account caller) {
        AccountKey key = newKeys.proven(request, new AccountId(caller.accountId()));
        long addedAt = keys.add(caller, key).getEpochSecond();
        KeyName name = KeyName.of(key);
        return new Added(name.kind(), name.value(), addedAt);
    }

    @DeleteMapping("/{kind}/{value}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String kind, @PathVariable String value, Caller.Account caller) {
        keys.revoke(caller, new KeyName(kind, value).key());
    }
}
