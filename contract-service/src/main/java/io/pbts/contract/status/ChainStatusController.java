package io.pbts.contract.status;

import io.pbts.contract.chain.Block;
import io.pbts.contract.chain.Endpoint;
import io.pbts.contract.chain.Endpoints;
import io.pbts.contract.chain.SettlerKey;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.chain.watch.ChainIdentity;
import io.pbts.contract.chain.watch.ChainState;
import io.pbts.contract.chain.watch.ChainWatch;
import io.pbts.contract.settlement.SettlementProperties;
import io.pbts.contract.submission.FeeBudget;
import io.pbts.contract.submission.Reorganizations;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How settlement stands. Nodes are named by their place in the configuration: their URLs are nobody's business. */
@RestController
@Tag(name = "chain")
class ChainStatusController {
    record ChainStatus(
            long chainId,
            boolean connected,
            @Nullable Long head,
            @Nullable Long finalized,
            List<NodeStatus> nodes,
            @Nullable ContractStatus settlementContract,
            ContractStatus settler,
            SettlementStatus settlement,
            FeeStatus fees,
            long reorganizations) {}

    /** A node; {@code detail} says what is wrong with it. */
    record NodeStatus(
            int place,
            boolean inUse,
            @Schema(example = "good") String health,
            @Nullable String detail) {}

    record ContractStatus(String address, @Nullable String url) {}

    /** {@code frozen} is why nothing is settled until somebody looked; null when all is well. */
    record SettlementStatus(
            @Schema(allowableValues = {"batched", "immediate"})
            String mode,

            @Nullable String frozen,
            long waitingBatches,
            long waitingReceipts,
            BigInteger waitingBytes,
            @Nullable Long oldestWaitingSince) {}

    /** Of the last 24 hours; {@code promised_wei} is what signed transactions cost at most that are not mined. */
    record FeeStatus(
            @Schema(format = "decimal") String paidWei,
            @Schema(format = "decimal") String promisedWei,
            @Schema(format = "decimal") String budgetWei,
            boolean exhausted) {}

    private final ChainIdentities identities;
    private final ChainWatch watch;
    private final Endpoints endpoints;
    private final Backlog backlog;
    private final FeeBudget budget;
    private final Reorganizations reorganizations;
    private final SettlementProperties settlement;
    private final EthereumAddress settler;
    private final Explorer explorer;

    ChainStatusController(
            ChainIdentities identities,
            ChainWatch watch,
            Endpoints endpoints,
            Backlog backlog,
            FeeBudget budget,
            Reorganizations reorganizations,
            SettlementProperties settlement,
            SettlerKey settler,
            Explorer explorer) {
        this.identities = identities;
        this.watch = watch;
        this.endpoints = endpoints;
        this.backlog = backlog;
        this.budget = budget;
        this.reorganizations = reorganizations;
        this.settlement = settlement;
        this.settler = settler.address();
        this.explorer = explorer;
    }

    @Allow(Who.ANYONE)
    @GetMapping("/api/v1/chain/status")
    ChainStatus status() {
        ChainIdentity identity = identities.current();
        Optional<ChainState.Ready> ready =
                watch.latest() instanceof ChainState.Ready now ? Optional.of(now) : Optional.empty();
        return new ChainStatus(
                identity.chainId(),
                ready.isPresent(),
                ready.map(chain -> chain.head().number()).orElse(null),
                ready.flatMap(ChainState.Ready::finalized).map(Block::number).orElse(null),
                endpoints.all().stream().map(this::node).toList(),
                identity.settlement().map(this::contract).orElse(null),
                contract(settler),
                settlement(identity),
                fees(),
                reorganizations.count());
    }

    private NodeStatus node(Endpoint endpoint) {
        return new NodeStatus(
                endpoint.place(),
                endpoints.current().filter(endpoint::equals).isPresent(),
                endpoint.health().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                endpoint.detail().isEmpty() ? null : endpoint.detail());
    }

    private ContractStatus contract(EthereumAddress address) {
        return new ContractStatus(address.checksummed(), explorer.address(address));
    }

    private SettlementStatus settlement(ChainIdentity identity) {
        Backlog.Waiting waiting = backlog.now();
        return new SettlementStatus(
                settlement.mode().name().toLowerCase(Locale.ROOT),
                identity.frozenReason().orElse(null),
                waiting.batches(),
                waiting.receipts(),
                waiting.bytes(),
                waiting.oldest().map(Instant::getEpochSecond).orElse(null));
    }

    private FeeStatus fees() {
        FeeBudget.Spending spending = budget.spending();
        return new FeeStatus(
                spending.paid().toString(),
                spending.promised().toString(),
                spending.budget().toString(),
                budget.isExhausted());
    }
}
