package io.pbts.local.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pbts.local.console.Trouble;
import io.pbts.local.directory.DataDirectory;
import io.pbts.local.process.RunningProcess;
import io.pbts.local.process.Waiting;
import io.pbts.local.testing.FakeCheckout;
import io.pbts.local.testing.TestParts;
import io.pbts.protocol.testing.network.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnvilTest {
    private static final String RICH = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private static final String POOR = "0x00000000000000000000000000000000000000b1";
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    DataDirectory directory;
    TestParts parts;
    RunningProcess process;
    ChainSaver saver;
    JsonRpc rpc;

    @BeforeEach
    void open() throws IOException {
        directory = new DataDirectory(folder);
        directory.prepare();
        parts = new TestParts(folder.resolve("run"));
        start();
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void carriesATransactionOverAKill() throws IOException {
        String transaction = pay("0x64");
        assertThat(saver.saveIfWorthIt()).isTrue();
        long head = rpc.quantity("eth_blockNumber");
        TestParts.kill(process.pid());
        start();
        assertThat(rpc.quantity("eth_getBalance", POOR, "latest")).isEqualTo(0x64);
        assertThat(rpc.call("eth_getTransactionReceipt", transaction)
                        .path("status")
                        .asString())
                .isEqualTo("0x1");
        assertThat(rpc.quantity("eth_blockNumber")).isGreaterThanOrEqualTo(head);
    }

    @Test
    void goesOnFromTheLoadedState() throws IOException {
        pay("0x64");
        saver.saveIfWorthIt();
        TestParts.kill(process.pid());
        start();
        pay("0x1");
        assertThat(rpc.quantity("eth_getBalance", POOR, "latest")).isEqualTo(0x65);
    }

    @Test
    void writesNothingWhileBlocksAreEmpty() throws IOException {
        long head = rpc.quantity("eth_blockNumber");
        assertThat(Waiting.until(() -> blocks() >= head + 2, SOON)).isTrue();
        assertThat(saver.saveIfWorthIt()).isFalse();
        assertThat(state()).doesNotExist();
        pay("0x1");
        assertThat(saver.saveIfWorthIt()).isTrue();
        Files.setLastModifiedTime(state(), FileTime.from(Instant.EPOCH));
        long then = rpc.quantity("eth_blockNumber");
        assertThat(Waiting.until(() -> blocks() >= then + 2, SOON)).isTrue();
        assertThat(saver.saveIfWorthIt()).isFalse();
        assertThat(Files.getLastModifiedTime(state()).toInstant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void savesByItselfWithinASecondOrTwo() throws IOException {
        Thread saving = Thread.ofVirtual().start(saver);
        pay("0x1");
        assertThat(Waiting.until(() -> Files.exists(state()), Duration.ofSeconds(3)))
                .isTrue();
        saving.interrupt();
    }

    @Test
    void savesEmptyBlocksAtACleanStop() throws IOException {
        long head = rpc.quantity("eth_blockNumber");
        assertThat(Waiting.until(() -> blocks() > head, SOON)).isTrue();
        assertThat(saver.saveForGood()).isGreaterThan(head);
        assertThat(state()).isNotEmptyFile();
    }

    @Test
    void refusesAStateThatIsNone() throws IOException {
        TestParts.kill(process.pid());
        Files.writeString(state(), "not gzip");
        assertThatExceptionOfType(Trouble.class)
                .isThrownBy(this::start)
                .withMessageStartingWith("cannot load the saved chain");
    }

    @Test
    void enforcesTheGasLimitOfATransaction() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> rpc.call(
                        "eth_sendTransaction", Map.of("from", RICH, "to", POOR, "value", "0x1", "gas", "0x1036640")));
    }

    @Test
    void namesTheCommandThatBringsAMissingBinary() {
        assertThatExceptionOfType(Trouble.class)
                .isThrownBy(() -> Anvil.binary(folder))
                .withMessageContaining("npm ci --ignore-scripts");
    }

    private void start() throws IOException {
        var anvil =
                new Anvil(Anvil.binary(FakeCheckout.contracts()), FreePort.next(), directory.chain(), TestParts.HTTP);
        process = anvil.start(parts, directory);
        saver = anvil.saver();
        rpc = new JsonRpc(TestParts.HTTP, URI.create(anvil.url()));
    }

    private String pay(String amount) throws IOException {
        String hash = rpc.call("eth_sendTransaction", Map.of("from", RICH, "to", POOR, "value", amount))
                .asString();
        assertThat(Waiting.until(() -> mined(hash), SOON)).isTrue();
        return hash;
    }

    private boolean mined(String hash) {
        try {
            return rpc.call("eth_getTransactionReceipt", hash).has("status");
        } catch (IOException e) {
            return false;
        }
    }

    private long blocks() {
        try {
            return rpc.quantity("eth_blockNumber");
        } catch (IOException e) {
            return 0;
        }
    }

    private Path state() {
        return directory.chain().resolve("state.json.gz");
    }
}
