package io.pbts.reputation.instance;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.support.FactUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientException;
import org.springframework.web.service.annotation.GetExchange;

/** The facts of other services that a stranger may see here, and the routes where their owners answer. */
final class Neighbours {
    /** Longer than any service remembers the chain's facts (5 s). */
    private static final Duration SPREADS_WITHIN = Duration.ofSeconds(15);

    private static final String BOUND_KIND = "v2-bls";

    private Neighbours() {}

    /** announce-service's counts. */
    record Swarms(long totalTorrents, long totalPeers) {}

    /** A ledger that was left for the one after it. */
    record EarlierLedger(String settlementAddress, long leftAt) {
        EarlierLedger {
            settlementAddress = EthereumAddress.parse(settlementAddress).checksummed();
        }
    }

    /**
     * contract-service's chain.
     *
     * @param earlier the last one first; absent from a contract-service that never left one
     */
    record Chain(
            long chainId,
            String settlementAddress,
            @Nullable List<EarlierLedger> earlier) {
        Chain {
            earlier = earlier == null ? List.of() : List.copyOf(earlier);
            if (chainId < 1) {
                throw new IllegalArgumentException("not a chain id: " + chainId);
            }
            settlementAddress = EthereumAddress.parse(settlementAddress).checksummed();
        }

        ReceiptDomain domain(String contract, InstanceId instance) {
            return ReceiptDomain.of(chainId, EthereumAddress.parse(contract), instance);
        }

        /**
         * As clients are told: of a successor only once everybody here knows it, since until then, and for a window longer,
         * receipts may be signed for the ledger before.
         */
        Chain told(Instant now) {
            List<EarlierLedger> left = Objects.requireNonNull(earlier);
            boolean tooEarly = !left.isEmpty()
                    && now.isBefore(
                            Instant.ofEpochSecond(left.getFirst().leftAt()).plus(SPREADS_WITHIN));
            return tooEarly
                    ? new Chain(chainId, left.getFirst().settlementAddress(), left.subList(1, left.size()))
                    : this;
        }

        List<EarlierLedger> left() {
            return Objects.requireNonNull(earlier);
        }
    }

    /** How old or early a receipt of a kind may be. */
    record Window(long pastSeconds, long futureSeconds) {}

    /** What receipt-service takes. */
    record Limits(
            List<String> kinds,
            Map<String, Window> windows,
            long maxReceiptsPerReport,
            long maxReportBytes,
            List<String> acknowledgementKeys) {
        Limits {
            kinds = List.copyOf(kinds);
            windows = Map.copyOf(windows);
            acknowledgementKeys = List.copyOf(acknowledgementKeys);
        }

        /** How many seconds a receipt counts that is signed for a place. */
        long boundWindow() {
            Window bound = windows.get(BOUND_KIND);
            return bound == null ? 0 : bound.pastSeconds();
        }
    }

    interface AnnounceService {
        @GetExchange("/internal/v1/swarms")
        Swarms swarms();
    }

    interface ReceiptService {
        @GetExchange("/internal/v1/limits")
        Limits limits();
    }

    interface ContractService {
        @GetExchange("/internal/v1/chain")
        Chain chain();
    }

    /** An answer that cannot be used is as good as none. */
    static <T> T ask(String owner, Supplier<T> question) {
        try {
            return question.get();
        } catch (RestClientException unusable) {
            throw new FactUnavailable(owner, unusable);
        }
    }
}
