package io.pbts.receipt.facts;

import io.pbts.support.RepeatableRead;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What reputation-service answers to other services. */
@HttpExchange("/internal/v1")
interface ReputationClient {
    /** Most names in one question. */
    int MAX_NAMES = 1024;

    @GetExchange("/instance")
    InstanceWire instance();

    @GetExchange("/policy")
    PolicyWire policy();

    @RepeatableRead
    @PostExchange("/accounts/resolve")
    ResolvedWire resolve(@RequestBody NamesWire names);

    record InstanceWire(String instanceId) {}

    record PolicyWire(BigDecimal minRatio, long overdraftBytes, long initialCreditBytes, String initialCreditPolicy) {}

    record KeyWire(String kind, String value) {}

    record NamesWire(List<KeyWire> keys, List<String> passkeyHashes, List<String> userIds) {}

    record AccountWire(long accountId, String userId, String chainAccount) {}

    record KnownKeyWire(
            String kind,
            String value,
            boolean proven,
            @Nullable Long revokedAt,
            AccountWire account) {}

    record KnownNameWire(String value, AccountWire account) {}

    record ResolvedWire(List<KnownKeyWire> keys, List<KnownNameWire> passkeyHashes, List<KnownNameWire> userIds) {}
}
