package io.pbts.reputation.instance;

import io.pbts.protocol.receipt.InstanceId;
import io.pbts.reputation.instance.Neighbours.Chain;
import io.pbts.reputation.instance.Neighbours.Limits;
import io.pbts.reputation.instance.Neighbours.Swarms;
import io.pbts.reputation.instance.Neighbours.Window;
import io.pbts.reputation.standing.InitialCreditProperties;
import io.pbts.reputation.standing.Policies;
import io.pbts.reputation.standing.Standings;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a client must know before it signs ({@code /api/v1/instance}), and the originals' {@code /stats}. */
@RestController
@Tag(name = "instance")
class PublicInstanceController {
    private final Instance instance;
    private final PublicFacts facts;
    private final Policies policies;
    private final InitialCreditProperties initialCredit;
    private final Standings standings;
    private final Clock clock;

    PublicInstanceController(
            Instance instance,
            PublicFacts facts,
            Policies policies,
            InitialCreditProperties initialCredit,
            Standings standings,
            Clock clock) {
        this.instance = instance;
        this.facts = facts;
        this.policies = policies;
        this.initialCredit = initialCredit;
        this.standings = standings;
        this.clock = clock;
    }

    /** What receipts may still be signed for; {@code until} in seconds. */
    record EarlierDomain(String settlementContract, String domain, long until) {}

    record LimitsView(long maxReceiptsPerReport, long maxReportBytes) {}

    record InitialCreditView(String policy, long bytes) {}

    record PublicInstance(
            String instanceId,
            long chainId,
            String settlementContract,
            String domain,
            List<EarlierDomain> earlierDomains,
            List<String> kinds,
            Map<String, Window> windows,
            LimitsView limits,
            List<String> acknowledgementKeys,
            BigDecimal minRatio,
            InitialCreditView initialCredit) {}

    record Stats(String instanceId, long totalTorrents, long totalPeers, long totalUsers, BigDecimal minRatio) {}

    @Allow(Who.ANYONE)
    @GetMapping("/api/v1/instance")
    PublicInstance publicInstance() {
        InstanceId id = instance.id();
        Instant now = clock.instant();
        Chain chain = facts.chain().told(now);
        Limits limits = facts.limits();
        return new PublicInstance(
                id.hex(),
                chain.chainId(),
                chain.settlementAddress(),
                chain.domain(chain.settlementAddress(), id).hex(),
                earlier(chain, limits, id, now),
                limits.kinds(),
                limits.windows(),
                new LimitsView(limits.maxReceiptsPerReport(), limits.maxReportBytes()),
                limits.acknowledgementKeys(),
                policies.current().shortestMinRatio(),
                new InitialCreditView(initialCredit.policy().wireName(), initialCredit.bytes()));
    }

    private static List<EarlierDomain> earlier(Chain chain, Limits limits, InstanceId id, Instant now) {
        long window = limits.boundWindow();
        return chain.left().stream()
                .map(left -> new EarlierDomain(
                        left.settlementAddress(),
                        chain.domain(left.settlementAddress(), id).hex(),
                        left.leftAt() + window))
                .filter(left -> left.until() > now.getEpochSecond())
                .toList();
    }

    @Allow(Who.ANYONE)
    @GetMapping("/stats")
    Stats stats() {
        Swarms swarms = facts.swarms();
        return new Stats(
                instance.id().hex(),
                swarms.totalTorrents(),
                swarms.totalPeers(),
                standings.accounts(),
                policies.current().shortestMinRatio());
    }
}
