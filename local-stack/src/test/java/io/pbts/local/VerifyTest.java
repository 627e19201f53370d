package io.pbts.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The two programs of an auditor, on the epochs that independent code made and a node that has their roots. */
class VerifyTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNode EPOCHS = JSON.readTree(Path.of("../protocol/src/test/resources/vectors/epochs.json"));
    private static final JsonNode IN_PARTS = EPOCHS.required("in_parts");
    private static final byte[] FILE =
            HexFormat.of().parseHex(IN_PARTS.required("file").asString());
    private static final int CHAIN_ID_AT = 4 + 43;
    private static final long CHAIN_ID = ByteBuffer.wrap(FILE).getLong(CHAIN_ID_AT);
    private static final String CONTRACT = "0x" + HexFormat.of().formatHex(FILE, CHAIN_ID_AT + 8, CHAIN_ID_AT + 28);
    private static final String PREVIOUS = HexFormat.of().formatHex(FILE, 143, 175);

    @TempDir
    private Path folder;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private HttpServer node;

    @BeforeEach
    void start() throws IOException {
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.createContext("/", exchange -> {
            try (exchange) {
                JsonNode question = JSON.readTree(exchange.getRequestBody());
                byte[] answer = JSON.writeValueAsBytes(Map.of("jsonrpc", "2.0", "id", 1, "result", answer(question)));
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        node.start();
        System.setOut(new PrintStream(said, true, UTF_8));
        System.setErr(new PrintStream(said, true, UTF_8));
    }

    @AfterEach
    void stop() {
        System.setOut(out);
        System.setErr(err);
        node.stop(0);
    }

    @Test
    void anIntactEpochIs0() throws IOException {
        assertThat(verifyEpoch(FILE, "--rpc", rpc(), "--contract", CONTRACT)).isZero();
        assertThat(said()).startsWith("intact: settlement 3, 16 receipts, 15 signatures verified, 1 rows without");
        assertThat(verifyEpoch(FILE, "--no-signatures", "--root", root(0), "--root", root(1)))
                .isZero();
        assertThat(said())
                .contains("signatures not looked at", root(0), root(1))
                .hasLineCount(1);
    }

    @Test
    void aWrongByteIs1AndNamed() throws IOException {
        byte[] spoilt = FILE.clone();
        spoilt[1000] ^= 1;
        assertThat(verifyEpoch(spoilt, "--rpc", rpc(), "--contract", CONTRACT)).isOne();
        assertThat(said()).startsWith("wrong: byte 1000: ").hasLineCount(1);
        assertThat(verifyEpoch(FILE, "--root", root(1), "--root", root(0))).isOne();
        assertThat(said()).startsWith("wrong: bytes 111 to 142: header, batches root gives");
    }

    @Test
    void aCommandThatSaysNotWhatToCompareWithIs2() throws IOException {
        assertThat(verifyEpoch(FILE)).isEqualTo(2);
        assertThat(verifyEpoch(FILE, "--rpc", rpc())).isEqualTo(2);
        assertThat(verifyEpoch(FILE, "--rpc", rpc(), "--contract", CONTRACT, "--root", root(0)))
                .isEqualTo(2);
        assertThat(verifyEpoch(FILE, "--rpc", rpc(), "--contract", "0x12")).isEqualTo(2);
        assertThat(verifyProof(proof(), "--root", root(0), "--root", root(1))).isEqualTo(2);
        assertThat(Main.run("verify-epoch")).isEqualTo(2);
    }

    @Test
    void whatCannotBeReadIs3() throws IOException {
        assertThat(Main.run("verify-epoch", folder.resolve("none").toString(), "--root", root(0)))
                .isEqualTo(3);
        assertThat(said()).contains("could not be checked: no file ");
        node.stop(0);
        assertThat(verifyEpoch(FILE, "--rpc", rpc(), "--contract", CONTRACT)).isEqualTo(3);
        assertThat(verifyProof(proof(), "--rpc", rpc(), "--contract", CONTRACT)).isEqualTo(3);
        assertThat(said()).contains("could not be checked: the node does not answer");
    }

    @Test
    void aProofOfASumIsComparedWithTheContract() throws IOException {
        assertThat(verifyProof(proof(), "--rpc", rpc(), "--contract", CONTRACT)).isZero();
        assertThat(said()).startsWith("intact: settlement 3 adds ").hasLineCount(1);
        assertThat(verifyProof(proof(), "--root", root(0))).isZero();
        assertThat(verifyProof(proof(), "--root", root(1))).isOne();
        assertThat(said()).contains("wrong: account, sum, path and batches_root give root " + root(0));
    }

    @Test
    void namesTheFieldOfAProofThatIsWrong() throws IOException {
        said();
        for (Map.Entry<String, Object> change : Map.<String, Object>of(
                        "up",
                        1,
                        "seq",
                        9,
                        "chain_id",
                        2,
                        "root",
                        "00".repeat(32),
                        "path",
                        "x",
                        "contract",
                        "0x" + "1".repeat(40))
                .entrySet()) {
            Map<String, Object> changed = proof();
            changed.put(change.getKey(), change.getValue());
            assertThat(verifyProof(changed, "--rpc", rpc(), "--contract", CONTRACT))
                    .as(change.getKey())
                    .isOne();
            String name = change.getKey().equals("up") ? "account, sum" : change.getKey();
            assertThat(said()).startsWith("wrong: ").contains(name).hasLineCount(1);
        }
        Map<String, Object> missing = proof();
        missing.remove("batches_root");
        assertThat(verifyProof(missing, "--root", root(0))).isOne();
        assertThat(said()).isEqualToIgnoringNewLines("wrong: field batches_root is missing");
    }

    private static Object answer(JsonNode question) {
        if (question.required("method").asString().equals("eth_chainId")) {
            return "0x" + Long.toHexString(CHAIN_ID);
        }
        JsonNode call = question.required("params").get(0);
        assertThat(call.required("to").asString()).isEqualToIgnoringCase(CONTRACT);
        // rootOf(uint64)
        long seq = Long.parseLong(call.required("data").asString().substring(2 + 8), 16);
        return "0x"
                + switch ((int) seq) {
                    case 2 -> PREVIOUS;
                    case 3 -> root(0);
                    case 4 -> root(1);
                    default -> "00".repeat(32);
                };
    }

    private static String root(int part) {
        return IN_PARTS.required("parts").get(part).required("root").asString();
    }

    /** Of the first account of the first part, as the API answers it. */
    private static Map<String, Object> proof() {
        JsonNode part = IN_PARTS.required("parts").get(0);
        JsonNode sum = part.required("sums").get(0);
        Map<String, Object> proof = new HashMap<>();
        proof.put("chain_id", CHAIN_ID);
        proof.put("contract", CONTRACT);
        proof.put("seq", part.required("seq").asLong());
        proof.put("root", part.required("root").asString());
        proof.put("chain_account", sum.required("account").asString());
        proof.put("up", sum.required("up").asLong());
        proof.put("down", sum.required("down").asLong());
        proof.put("path", sum.required("path"));
        proof.put("batches_root", IN_PARTS.required("batches_root").asString());
        return proof;
    }

    private int verifyEpoch(byte[] file, String... options) throws IOException {
        return verify("verify-epoch", Files.write(folder.resolve("epoch"), file), options);
    }

    private int verifyProof(Map<String, Object> proof, String... options) throws IOException {
        Path file = Files.write(folder.resolve("proof.json"), JSON.writeValueAsBytes(proof));
        return verify("verify-proof", file, options);
    }

    private static int verify(String command, Path file, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = command;
        arguments[1] = file.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return Main.run(arguments);
    }

    private String rpc() {
        return "http://127.0.0.1:" + node.getAddress().getPort();
    }

    private String said() {
        String text = said.toString(UTF_8);
        said.reset();
        return text.lines().reduce((_, last) -> last).orElse("");
    }
}
