package io.pbts.agent;

import io.pbts.agent.Sharing.Member;
import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.TrackerApi;
import io.pbts.engine.TorrentSource;
import io.pbts.engine.create.TorrentCreator;
import io.pbts.engine.create.TorrentCreator.Wish;
import io.pbts.protocol.torrent.MetainfoException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shares a file or folder until it is told to stop. */
@Command(
        name = "seed",
        description =
                "Registers a file or folder as a torrent and serves it until Ctrl-C; signatures go to the tracker.")
final class SeedCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    @Mixin
    private PasswordOptions passwords = new PasswordOptions();

    @Mixin
    private SharingOptions options = new SharingOptions();

    @Option(names = "--file", required = true, paramLabel = "PATH", description = "The file or folder.")
    private Path file = Path.of("");

    @Option(names = "--for", paramLabel = "SECONDS", description = "Stop by itself after so long.")
    private @Nullable Long seconds;

    SeedCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Account account = Accounts.require(world.folders());
        byte[] made = torrent();
        try (TrackerApi api = new TrackerApi(account.tracker());
                Stop stop = new Stop()) {
            Member member = Members.open(world.folders(), passwords.read(world), api, account);
            byte[] torrent = Asked.of(() -> api.upload(made, account));
            try (Sharing sharing = Sharing.start(member, options, source(torrent, account), this::tell)) {
                return serve(
                        sharing,
                        stop,
                        source(torrent, account)
                                .metainfo()
                                .v1()
                                .orElseThrow()
                                .infoHash()
                                .hex());
            }
        }
    }

    /** Without announce URL: each member's has a passkey of its own. */
    private byte[] torrent() throws IOException {
        try {
            return TorrentCreator.create(file, new Wish(Optional.empty(), Optional.empty(), Optional.empty(), false));
        } catch (MetainfoException e) {
            throw Trouble.failed(file + " cannot be a torrent: " + e.getMessage());
        }
    }

    private TorrentSource source(byte[] torrent, Account account) throws IOException {
        try {
            Path folder = file.toRealPath().getParent();
            return TorrentSource.ofFile(
                    torrent, folder == null ? Path.of("/") : folder, List.of(account.announceUrl()));
        } catch (MetainfoException e) {
            throw Trouble.failed(file + " cannot be a torrent: " + e.getMessage());
        }
    }

    private int serve(Sharing sharing, Stop stop, String infoHash) {
        int port = sharing.address().getPort();
        tell(
                "seeding",
                Map.of("info_hash", infoHash, "port", port),
                "seeding %s, info hash %s, port %d".formatted(file, infoHash, port));
        long begun = System.nanoTime();
        while ((seconds == null || System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(seconds)) && !isStopped(stop)) {
            if (sharing.failure().isPresent()) {
                throw Trouble.failed(sharing.failure().get());
            }
        }
        long uploaded = sharing.status().uploaded();
        tell("stopped", Map.of("uploaded", uploaded), "stopped; %d bytes sent".formatted(uploaded));
        return ExitCode.OK;
    }

    /** Waits a little. An interrupt is a wish to stop as much as a signal is. */
    private static boolean isStopped(Stop stop) {
        try {
            return stop.await(Duration.ofMillis(200));
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void tell(String event, Map<String, ?> fields, String sentence) {
        output.tell(world.out(), event, fields, sentence);
    }
}
