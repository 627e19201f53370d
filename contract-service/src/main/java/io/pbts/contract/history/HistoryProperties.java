package io.pbts.contract.history;

import io.pbts.protocol.account.EthereumAddress;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The tracker before this one.
 *
 * @param address its settlement contract ({@code PBTS_PREDECESSOR}); blank for none
 * @param fromBlock where its events begin ({@code PBTS_PREDECESSOR_BLOCK})
 * @param blocksPerRequest blocks whose events are asked for at once: nodes limit that
 * @param accountsPerTransaction accounts that are copied in one transaction; one costs 140,000 gas, with a published key
 *     213,000 ({@code contracts/snapshots}), and a transaction has at most 16,777,216
 */
@Validated
@ConfigurationProperties("pbts.predecessor")
public record HistoryProperties(
        @Nullable String address,
        @DefaultValue("0") @Min(0) long fromBlock,
        @DefaultValue("2000") @Min(1) @Max(1_000_000) int blocksPerRequest,

        @DefaultValue("70") @Min(1) @Max(110) int accountsPerTransaction) {

    public Optional<EthereumAddress> predecessor() {
        return address == null || address.isBlank() ? Optional.empty() : Optional.of(EthereumAddress.parse(address));
    }

    /** Whether a ledger with this referrer follows the tracker that is named here. */
    boolean names(EthereumAddress referrer) {
        return predecessor().filter(referrer::equals).isPresent();
    }
}
