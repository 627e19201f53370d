package io.pbts.reputation.instance;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.support.FactUnavailable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.web.client.RestClientException;
import org.springframework.web.service.annotation.GetExchange;

/** The facts of other services that a stranger may see here, and the routes where their owners answer. */
final class Neighbours {
    private Neighbours() {}

    /** announce-service's counts. */
    record Swarms(long totalTorrents, long totalPeers) {}

    /** contract-service's chain. */
    record Chain(long chainId, String settlementAddress) {
        Chain {
            if (chainId < 1) {
                throw new IllegalArgumentException("not a chain id: " + chainId);
            }
            settlementAddress = EthereumAddress.parse(settlementAddress).checksummed();
        }

        ReceiptDomain domain(InstanceId instance) {
            return ReceiptDomain.of(chainId, EthereumAddress.parse(settlementAddress), instance);
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
