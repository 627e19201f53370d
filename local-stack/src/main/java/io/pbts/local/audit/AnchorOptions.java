package io.pbts.local.audit;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.merkle.EpochRoot;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a file is compared with: the contract, or roots that somebody took from it. */
final class AnchorOptions {
    @ArgGroup(exclusive = false)
    private List<Chain> chain = new ArrayList<>();

    @Option(names = "--root", paramLabel = "HEX", description = "root in the contract; one for each part of an epoch")
    private List<EpochRoot> roots = new ArrayList<>();

    /** A contract and how to reach it. */
    static final class Chain {
        @Option(
                names = "--rpc",
                paramLabel = "URL",
                required = true,
                description = "a node of the chain; it is only read")
        private URI rpc = URI.create("http://127.0.0.1:8545");

        @Option(names = "--contract", paramLabel = "ADDRESS", required = true, description = "settlement contract")
        private EthereumAddress contract = EthereumAddress.parse("0x" + "0".repeat(40));

        LedgerReader open() {
            return new LedgerReader(rpc, contract);
        }
    }

    List<EpochRoot> roots() {
        return List.copyOf(roots);
    }

    LedgerReader ledger() {
        return chain.getFirst().open();
    }

    boolean isOffline() {
        return chain.isEmpty();
    }
}
