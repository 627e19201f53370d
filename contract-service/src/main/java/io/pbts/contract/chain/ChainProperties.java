package io.pbts.contract.chain;

import io.pbts.protocol.account.EthereumAddress;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which chain this service writes to, and how patient it is with the node.
 *
 * @param rpcUrl JSON-RPC over HTTP; several nodes of one chain, the first one preferred
 * @param chainId what the node must say it is
 * @param factoryAddress factory of ledgers; on a dev chain one is deployed when absent
 * @param settlementAddress ledger that settlements go to; on a dev chain one is created when absent
 * @param connectTimeout how long a connection may take
 * @param callTimeout how long an answer may take, the connection included
 * @param pollInterval how often the chain is looked at; half a second on a dev chain and 4 s elsewhere when absent
 * @param compareInterval how often all nodes are looked at and compared; 2 s on a dev chain and 30 s elsewhere when absent
 */
@Validated
@ConfigurationProperties("pbts.chain")
public record ChainProperties(
        @NotEmpty(message = "is missing: set PBTS_RPC_URL") @Size(max = 8)
        List<@NotBlank String> rpcUrl,

        @NotNull(message = "is missing: set PBTS_CHAIN_ID") @Positive
        Long chainId,

        @Nullable String factoryAddress,
        @Nullable String settlementAddress,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration callTimeout,
        @Nullable Duration pollInterval,
        @Nullable Duration compareInterval) {
    public ChainProperties {
        rpcUrl = List.copyOf(rpcUrl);
    }

    /** Whether this is a chain for development, where everybody knows the keys and blocks cost nothing. */
    public boolean isDevChain() {
        return DevChain.ids().contains(chainId);
    }

    public Optional<EthereumAddress> factory() {
        return address(factoryAddress);
    }

    public Optional<EthereumAddress> settlement() {
        return address(settlementAddress);
    }

    /** The pause between two looks at the chain. */
    public Duration poll() {
        Duration usual = isDevChain() ? Duration.ofMillis(500) : Duration.ofSeconds(4);
        return pollInterval == null ? usual : pollInterval;
    }

    /** The pause between two comparisons of all nodes. */
    public Duration compareEvery() {
        Duration usual = isDevChain() ? Duration.ofSeconds(2) : Duration.ofSeconds(30);
        return compareInterval == null ? usual : compareInterval;
    }

    private static Optional<EthereumAddress> address(@Nullable String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(EthereumAddress.parse(text));
    }
}
