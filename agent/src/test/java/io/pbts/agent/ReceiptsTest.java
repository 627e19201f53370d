package io.pbts.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.queue.QueuedReceipts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receipts on disk, in the hands of their owner. */
class ReceiptsTest {
    @TempDir
    private Path home;

    private TestWorld agent;
    private FakeTracker tracker;

    @BeforeEach
    void settle() throws IOException {
        tracker = new FakeTracker();
        agent = new TestWorld(home).withKey();
        agent.run("register", "--tracker", tracker.url(), "--user-id", "alice");
    }

    @AfterEach
    void end() {
        tracker.close();
    }

    private void queue(boolean alsoFalse) throws IOException {
        QueuedReceipts.write(agent.folders().receipts(), FakeTracker.DOMAIN, alsoFalse);
    }

    private long waiting(String state) {
        assertThat(agent.run("receipts", "list", "--json")).isZero();
        return agent.told().getLast().path(state).path("receipts").asLong();
    }

    @Test
    void listsWhatWaitsByPeer() throws IOException {
        assertThat(agent.run("receipts", "list")).isZero();
        assertThat(agent.out()).contains("no receipts wait");
        queue(false);
        assertThat(agent.run("receipts", "list")).isZero();
        assertThat(agent.out()).contains("2 receipts, 524288 bytes").contains("1 receipts, 262144 bytes");
        assertThat(agent.run("receipts", "list", "--json-lines")).isZero();
        assertThat(agent.told()).hasSize(4);
        assertThat(agent.told().getLast().path("waiting").path("bytes").asLong())
                .isEqualTo(3 * 262_144);
    }

    @Test
    void handsInWhatWaitsAndNothingIsLostWhenTheTrackerSaysNo() throws IOException {
        queue(false);
        tracker.answerReports(503);
        assertThat(agent.run("receipts", "submit")).isEqualTo(ExitCode.REFUSED);
        assertThat(waiting("waiting")).isEqualTo(3);
        tracker.answerReports(200);
        tracker.answerReceipts("pair-cap");
        assertThat(agent.run("receipts", "submit", "--json")).isZero();
        assertThat(agent.told().getLast().path("codes").path("pair-cap").asInt())
                .isEqualTo(3);
        assertThat(waiting("waiting")).isZero();
        assertThat(waiting("refused")).isEqualTo(3);
        tracker.answerReceipts("credited");
        assertThat(agent.run("receipts", "submit")).isZero();
        assertThat(agent.out()).contains("nothing waited");
        assertThat(agent.run("receipts", "submit", "--refused")).isZero();
        assertThat(waiting("refused")).isZero();
        tracker.close();
        queue(false);
        assertThat(agent.run("receipts", "submit")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(waiting("waiting")).isEqualTo(3);
    }

    @Test
    void whatWasSignedForAContractThatTheTrackerHasLeftIsHandedInForThatOne() throws IOException {
        queue(false);
        QueuedReceipts.write(agent.folders().receipts(), FakeTracker.EARLIER, false);
        QueuedReceipts.write(agent.folders().receipts(), "03".repeat(32), false);
        assertThat(agent.run("receipts", "submit", "--json")).isZero();
        assertThat(agent.told().getLast().path("codes").path("credited").asInt())
                .isEqualTo(6);
        assertThat(tracker.reportedFor)
                .containsExactlyElementsOf(Stream.of(FakeTracker.DOMAIN, FakeTracker.EARLIER)
                        .flatMap(domain -> Collections.nCopies(3, "domain=" + domain).stream())
                        .toList());
        assertThat(waiting("waiting")).as("another tracker's").isEqualTo(3);
    }

    @Test
    void verifiesSignaturesWithoutATracker() throws IOException {
        tracker.close();
        queue(false);
        assertThat(agent.run("receipts", "verify")).isZero();
        queue(true);
        assertThat(agent.run("receipts", "verify", "--json-lines")).isEqualTo(ExitCode.FAILED);
        assertThat(agent.told().getFirst().path("piece_index").asInt()).isEqualTo(3);
        assertThat(agent.told().getLast().path("wrong").asInt()).isEqualTo(1);
        assertThat(agent.told().getLast().path("receipts").asInt()).isEqualTo(7);
    }

    @Test
    void whatIsExportedCanBeVerifiedElsewhere() throws IOException {
        queue(false);
        assertThat(agent.run("receipts", "export")).isZero();
        assertThat(agent.told()).hasSize(3);
        Path file = Files.writeString(home.resolve("receipts.jsonl"), agent.out());
        TestWorld other = new TestWorld(home.resolve("other"));
        assertThat(other.run("receipts", "verify", file.toString())).isZero();
        assertThat(other.out()).contains("3 receipts");
        Files.writeString(file, Files.readString(file).replace("\"piece_index\":1", "\"piece_index\":7"));
        assertThat(other.run("receipts", "verify", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(other.out()).contains("piece 7");
        Files.writeString(file, "{}\n");
        assertThat(other.run("receipts", "verify", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(other.err()).contains("line 1");
    }

    @Test
    void whatOneSignatureCoversStaysTogether() throws IOException {
        QueuedReceipts.writeBatch(agent.folders().receipts(), FakeTracker.DOMAIN);
        assertThat(waiting("waiting")).isEqualTo(3);
        assertThat(agent.run("receipts", "export")).isZero();
        assertThat(agent.told()).hasSize(1);
        assertThat(agent.told()
                        .getFirst()
                        .path("report")
                        .path("batches")
                        .path(0)
                        .path("receipts")
                        .size())
                .isEqualTo(3);
        Path file = Files.writeString(home.resolve("receipts.jsonl"), agent.out());
        assertThat(agent.run("receipts", "verify", file.toString())).isZero();
        Files.writeString(file, Files.readString(file).replace("\"piece_index\":5", "\"piece_index\":7"));
        assertThat(agent.run("receipts", "verify", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(agent.out()).contains("3 receipts, 3 of them with a wrong signature");
        tracker.answerReceipts("pair-cap");
        assertThat(agent.run("receipts", "submit")).isZero();
        assertThat(waiting("refused")).isEqualTo(3);
    }
}
