package io.pbts.contract.api;

import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.chain.watch.ChainIdentity;
import io.pbts.contract.chain.watch.ChainWatch;
import io.pbts.contract.succession.Successions;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.FactUnavailable;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What other services must know of the chain: receipts are signed for it. */
@RestController
@Tag(name = "internal")
class ChainController {
    /** {@code earlier}: ledgers that were left, the last one first; receipts may still be signed for them for a while. */
    record ChainAnswer(
            long chainId,
            String settlementAddress,
            List<EarlierLedger> earlier,
            @Nullable String factoryAddress,
            boolean connected) {}

    /** {@code left_at} in seconds. */
    record EarlierLedger(String settlementAddress, long leftAt) {}

    private final Successions successions;
    private final ChainIdentities identities;
    private final ChainWatch watch;

    ChainController(Successions successions, ChainIdentities identities, ChainWatch watch) {
        this.successions = successions;
        this.identities = identities;
        this.watch = watch;
    }

    @Allow(
            value = Who.SERVICE,
            services = {"gateway", "receipt", "reputation"})
    @GetMapping("/internal/v1/chain")
    ChainAnswer chain() {
        ChainIdentity identity = identities.current();
        EthereumAddress settlement =
                identity.settlement().orElseThrow(() -> new FactUnavailable("the settlement contract", null));
        return new ChainAnswer(
                identity.chainId(),
                settlement.checksummed(),
                successions.done().stream()
                        .map(past -> new EarlierLedger(
                                past.predecessor().checksummed(),
                                past.leftAt().orElseThrow().getEpochSecond()))
                        .toList(),
                identity.factory().map(EthereumAddress::checksummed).orElse(null),
                watch.latest().isConnected());
    }
}
