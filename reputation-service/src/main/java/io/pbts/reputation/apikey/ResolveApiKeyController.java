package io.pbts.reputation.apikey;

import io.pbts.protocol.hash.Hex;
import io.pbts.reputation.apikey.ApiKeys.Holder;
import io.pbts.reputation.standing.AccountId;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Tells the gateway whose API key it was shown; the key itself stays with the gateway. */
@RestController
@Tag(name = "internal")
class ResolveApiKeyController {
    private static final int HASH_BYTES = 32;

    private final ApiKeys keys;

    ResolveApiKeyController(ApiKeys keys) {
        this.keys = keys;
    }

    /** SHA-256 of the whole key, 64 hexadecimal digits. */
    record ApiKeyQuestion(@Nullable String hash) {}

    record ApiKeyHolder(AccountId accountId, String userId, List<String> scopes, String name) {
        static ApiKeyHolder of(Holder holder) {
            return new ApiKeyHolder(holder.account(), holder.user().value(), holder.scopes(), holder.name());
        }
    }

    @Allow(value = Who.SERVICE, services = "gateway")
    @PostMapping("/internal/v1/api-keys/resolve")
    ApiKeyHolder resolve(@RequestBody ApiKeyQuestion question) {
        return keys.resolve(hash(question.hash()))
                .map(ApiKeyHolder::of)
                .orElseThrow(() -> new Refusal(404, "api-key-unknown", "Nobody has this API key"));
    }

    private static Bytes hash(@Nullable String digits) {
        try {
            return Hex.decode(digits == null ? "" : digits, HASH_BYTES);
        } catch (IllegalArgumentException notHex) {
            throw new Refusal(400, "invalid-hash", "A hash is 64 hexadecimal digits", notHex);
        }
    }
}
