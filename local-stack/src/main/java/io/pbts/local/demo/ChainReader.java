package io.pbts.local.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.local.chain.JsonRpc;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.hash.Keccak256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import tools.jackson.databind.JsonNode;

/** Reads the settlement contract by JSON-RPC, as anybody can: no word of a tracker is believed here. */
final class ChainReader {
    private static final String REPUTATION = "getReputation(address)";
    private static final String ENROLLED = "Enrolled(bytes32,bytes32,uint32)";
    private static final String SETTLED = "Settled(uint64,bytes32,uint64,uint256)";
    private static final int WORD = 32;

    private final JsonRpc node;
    private final EthereumAddress contract;

    ChainReader(JsonRpc node, EthereumAddress contract) {
        this.node = node;
        this.contract = contract;
    }

    /**
     * An address's totals as {@code getReputation} gives them.
     *
     * @param upload bytes, the initial credit among them
     * @param download bytes
     */
    record Totals(long upload, long download) {}

    EthereumAddress contract() {
        return contract;
    }

    Totals totals(EthereumAddress address) {
        Bytes words = call(REPUTATION, address);
        return new Totals(words.slice(0, WORD).toLong(), words.slice(WORD, WORD).toLong());
    }

    /** The last transaction that wrote the account of this address: one that waits for its credit is written twice. */
    Optional<String> enrolment(EthereumAddress address) {
        Bytes32 account = new AccountKey.Wallet(address).chainAccount().bytes();
        return logs(List.of(topic(ENROLLED), account.toHexString())).reversed().stream()
                .findFirst();
    }

    /** The transactions that settled epochs, in their order. */
    List<String> settlements() {
        return logs(List.of(topic(SETTLED)));
    }

    /** Wei. */
    BigInteger balance(EthereumAddress address) {
        return number(ask(rpc -> rpc.call("eth_getBalance", address.checksummed(), "latest"))
                .asString());
    }

    /** Sends ether from the first account that the development chain holds the key of; returns the mined transaction. */
    String fund(EthereumAddress address, BigInteger wei) {
        String giver = ask(rpc -> rpc.call("eth_accounts")).path(1).asString();
        return ask(rpc -> rpc.call(
                        "eth_sendTransaction",
                        Map.of("from", giver, "to", address.checksummed(), "value", "0x" + wei.toString(16))))
                .asString();
    }

    private Bytes call(String signature, EthereumAddress argument) {
        String data = selector(signature) + "0".repeat(24) + argument.bytes().toUnprefixedHexString();
        return Bytes.fromHexString(
                ask(rpc -> rpc.call("eth_call", Map.of("to", contract.checksummed(), "data", data), "latest"))
                        .asString());
    }

    private List<String> logs(List<String> topics) {
        JsonNode found = ask(rpc -> rpc.call(
                "eth_getLogs", Map.of("address", contract.checksummed(), "fromBlock", "earliest", "topics", topics)));
        return found.valueStream()
                .map(log -> log.path("transactionHash").asString())
                .toList();
    }

    private interface Question {
        JsonNode put(JsonRpc rpc) throws IOException;
    }

    private JsonNode ask(Question question) {
        try {
            return question.put(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String selector(String signature) {
        return topic(signature).substring(0, 10);
    }

    private static String topic(String signature) {
        return Keccak256.hash(Bytes.wrap(signature.getBytes(US_ASCII))).toHexString();
    }

    private static BigInteger number(String quantity) {
        return new BigInteger(quantity.substring(2), 16);
    }
}
