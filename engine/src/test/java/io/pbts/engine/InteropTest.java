package io.pbts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.TorrentStatus.State;
import io.pbts.protocol.testing.network.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Software that nobody here wrote, on loopback, with the tracker as the only source of peers. */
@DisabledIfEnvironmentVariable(
        named = "PBTS_TEST_UNAVAILABLE",
        matches = ".+",
        disabledReason = "./pbts test found no BitTorrent clients, says so in its summary, and fails in CI")
class InteropTest {
    private static final int LENGTH = 16 << 20;

    /** Takes part in the torrent until it is ended. */
    private static final String LIBTORRENT = """
            import sys, time
            import libtorrent as lt
            port, folder, torrent = sys.argv[1:]
            s = lt.session({'enable_dht': False, 'enable_lsd': False, 'enable_upnp': False, 'enable_natpmp': False,
                            'listen_interfaces': '127.0.0.1:' + port, 'allow_multiple_connections_per_ip': True})
            p = lt.add_torrent_params()
            p.ti = lt.torrent_info(torrent)
            p.save_path = folder
            s.add_torrent(p)
            while True:
                time.sleep(1)
            """;

    @TempDir
    private Path ours;

    @TempDir
    private Path theirs;

    private final List<Process> programs = new ArrayList<>();
    private TinyTracker tracker;
    private Payload payload;

    @BeforeEach
    void track() {
        tracker = TinyTracker.start();
        payload = Payload.padded("interop", 256 << 10, tracker.url(), LENGTH, 1_000_003, 0, 77);
    }

    @AfterEach
    void untrack() throws InterruptedException {
        for (Process program : programs) {
            program.destroy();
            if (!program.waitFor(5, TimeUnit.SECONDS)) {
                program.destroyForcibly();
            }
        }
        tracker.close();
    }

    private void run(List<String> command) throws IOException {
        programs.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(theirs.resolve("log").toFile())
                .start());
    }

    private Path torrent() throws IOException {
        return Files.write(theirs.resolve("it.torrent"), payload.torrent());
    }

    /** aria2 takes padding (BEP 47) for files that must be there. */
    private Payload unpadded() {
        return Payload.single("interop.bin", LENGTH, 256 << 10, tracker.url());
    }

    private void aria2() throws IOException {
        run(List.of(
                "aria2c",
                "--no-conf",
                "--enable-dht=false",
                "--enable-dht6=false",
                "--bt-enable-lpd=false",
                "--enable-peer-exchange=false",
                "--listen-port=" + FreePort.next(),
                "--dir=" + theirs,
                "--file-allocation=none",
                "--seed-ratio=0.0",
                "--check-integrity=true",
                "--bt-hash-check-seed=true",
                "--summary-interval=0",
                torrent().toString()));
    }

    private void libtorrent() throws IOException {
        Path script = Files.writeString(theirs.resolve("peer.py"), LIBTORRENT);
        run(List.of(
                "/usr/bin/python3",
                script.toString(),
                String.valueOf(FreePort.next()),
                theirs.toString(),
                torrent().toString()));
    }

    private interface Program {
        void start() throws IOException;
    }

    private void theySeed(Program program) throws IOException {
        payload.writeTo(theirs);
        program.start();
        Await.until("they have announced", () -> tracker.events().contains("started"));
        try (Client leecher = Client.start(ours)) {
            leecher.add(payload).await(payload, State.SEEDING);
            assertThat(payload.isIn(ours)).isTrue();
            assertThat(leecher.corrupt).isEmpty();
        }
    }

    private boolean isWithThem() {
        try {
            return payload.isIn(theirs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void theyLeech(Program program) throws IOException {
        try (Client seeder = Client.start(ours).seed(payload)) {
            Await.until("we have announced", () -> tracker.events().contains("started"));
            program.start();
            Await.until("they have everything", this::isWithThem);
            assertThat(seeder.status(payload).uploaded()).isGreaterThanOrEqualTo(LENGTH);
        }
        assertThat(payload.isIn(theirs)).isTrue();
    }

    @Test
    void aria2SeedsToUs() throws IOException {
        payload = unpadded();
        theySeed(this::aria2);
    }

    @Test
    void weSeedToAria2() throws IOException {
        payload = unpadded();
        theyLeech(this::aria2);
    }

    @Test
    void libtorrentSeedsToUs() throws IOException {
        theySeed(this::libtorrent);
    }

    @Test
    void weSeedToLibtorrent() throws IOException {
        theyLeech(this::libtorrent);
    }
}
