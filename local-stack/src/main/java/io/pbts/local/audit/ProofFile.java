package io.pbts.local.audit;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.audit.SumProof;
import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes32;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A proof as {@code GET /api/v1/chain/epochs/{seq}/accounts/{chain_account}/proof} answers it. */
record ProofFile(long chainId, EthereumAddress contract, long seq, EpochRoot root, SumProof proof) {
    private static final long LARGEST = 64 * 1024;

    /** The file says something that no proof says, and which field it is. */
    static final class NoProof extends Exception {
        private static final long serialVersionUID = 1L;

        NoProof(String what) {
            super(what);
        }
    }

    static ProofFile read(Path file) throws IOException, NoProof {
        if (Files.size(file) > LARGEST) {
            throw new NoProof("the file is no proof: it has %d bytes".formatted(Files.size(file)));
        }
        JsonNode json = parse(Files.readString(file));
        var sum = new AccountSum(
                field(json, "chain_account", node -> ChainAccount.fromHex(text(node))),
                field(json, "up", ProofFile::number),
                field(json, "down", ProofFile::number));
        List<Bytes32> path = field(
                json,
                "path",
                node -> array(node).valueStream().map(ProofFile::hash).toList());
        Bytes32 batchesRoot = field(json, "batches_root", ProofFile::hash);
        return new ProofFile(
                field(json, "chain_id", ProofFile::number),
                field(json, "contract", node -> EthereumAddress.parse(text(node))),
                field(json, "seq", ProofFile::number),
                field(json, "root", node -> new EpochRoot(hash(node))),
                field(json, "path", _ -> new SumProof(sum, path, batchesRoot)));
    }

    private static JsonNode parse(String text) throws NoProof {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException notJson) {
            throw new NoProof("the file is not JSON");
        }
    }

    private static <T> T field(JsonNode json, String name, Function<JsonNode, T> read) throws NoProof {
        JsonNode field = json.path(name);
        if (field.isMissingNode()) {
            throw new NoProof("field %s is missing".formatted(name));
        }
        try {
            return read.apply(field);
        } catch (IllegalArgumentException malformed) {
            throw new NoProof("field %s: %s".formatted(name, malformed.getMessage()));
        }
    }

    private static String text(JsonNode node) {
        if (!node.isString()) {
            throw new IllegalArgumentException("not a text");
        }
        return node.asString();
    }

    private static long number(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
            throw new IllegalArgumentException("not a number from 0 to 2^63 - 1");
        }
        return node.asLong();
    }

    private static JsonNode array(JsonNode node) {
        if (!node.isArray()) {
            throw new IllegalArgumentException("not a list");
        }
        return node;
    }

    private static Bytes32 hash(JsonNode node) {
        return Bytes32.wrap(Hex.decode(text(node), Bytes32.SIZE));
    }
}
