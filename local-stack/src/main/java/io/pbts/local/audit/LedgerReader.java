package io.pbts.local.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.local.chain.JsonRpc;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.hash.Keccak256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.apache.tuweni.units.bigints.UInt256;

/** Reads roots from a settlement contract at the chain's latest block. Every failure is an {@link IOException}. */
final class LedgerReader {
    private static final Bytes ROOT_OF =
            Keccak256.hash(Bytes.wrap("rootOf(uint64)".getBytes(US_ASCII))).slice(0, 4);

    private final JsonRpc node;
    private final EthereumAddress contract;

    LedgerReader(URI node, EthereumAddress contract) {
        var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        this.node = new JsonRpc(http, node);
        this.contract = contract;
    }

    EthereumAddress contract() {
        return contract;
    }

    long chainId() throws IOException {
        return node.quantity("eth_chainId");
    }

    /** Zeros when the contract has no settlement of this number. */
    Bytes32 rootOf(long seq) throws IOException {
        Bytes call = Bytes.concatenate(ROOT_OF, UInt256.valueOf(seq).toBytes());
        String answer = node.call(
                        "eth_call", Map.of("to", contract.checksummed(), "data", call.toHexString()), "latest")
                .asString();
        try {
            return Bytes32.fromHexStringStrict(answer);
        } catch (IllegalArgumentException other) {
            throw new IOException("%s answers no root: is it the settlement contract, and on this chain?"
                    .formatted(contract.checksummed()));
        }
    }
}
