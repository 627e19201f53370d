package io.pbts.receipt.policy;

import io.pbts.protocol.crypto.Ed25519PublicKey;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.receipt.acknowledgement.AcknowledgementKeys;
import io.pbts.support.BodyProperties;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the other services what this one accepts. */
@RestController
@Tag(name = "internal")
class LimitsController {
    private final AcceptancePolicy policy;
    private final ReceiptProperties properties;
    private final BodyProperties bodies;
    private final AcknowledgementKeys keys;

    LimitsController(
            AcceptancePolicy policy, ReceiptProperties properties, BodyProperties bodies, AcknowledgementKeys keys) {
        this.policy = policy;
        this.properties = properties;
        this.bodies = bodies;
        this.keys = keys;
    }

    @Allow(value = Who.SERVICE, services = "reputation")
    @GetMapping("/internal/v1/limits")
    Limits limits() {
        Map<String, AcceptanceWindow> windows = new LinkedHashMap<>();
        policy.kinds().forEach(kind -> windows.put(kind.wireName(), policy.windowOf(kind)));
        long maxBytes = bodies.routes().getOrDefault("/report", bodies.limit()).toBytes();
        return new Limits(
                policy.kinds().stream().map(ReceiptKind::wireName).toList(),
                windows,
                properties.maxReceiptsPerReport(),
                maxBytes,
                keys.published().stream().map(Ed25519PublicKey::hex).toList());
    }

    record Limits(
            List<String> kinds,
            Map<String, AcceptanceWindow> windows,
            int maxReceiptsPerReport,
            long maxReportBytes,
            List<String> acknowledgementKeys) {}
}
