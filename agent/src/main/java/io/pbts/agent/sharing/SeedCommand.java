package io.pbts.agent.sharing;

import io.pbts.agent.cli.Asked;
import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.PasswordOptions;
import io.pbts.agent.cli.Screen;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.cli.World;
import io.pbts.agent.tracker.Registry.Details;
import io.pbts.engine.TorrentSource;
import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.create.TorrentCreator;
import io.pbts.engine.create.TorrentCreator.Wish;
import io.pbts.protocol.torrent.MetainfoException;
import io.pbts.protocol.torrent.TorrentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
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
public final class SeedCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    @Mixin
    private PasswordOptions passwords = new PasswordOptions();

    @Mixin
    private SharingOptions options = new SharingOptions();

    @Option(names = "--file", required = true, paramLabel = "PATH", description = "The file or folder.")
    private Path file = Path.of("");

    @Option(
            names = "--torrent",
            paramLabel = "TORRENT",
            description = "The torrent that it is the content of; else one is made.")
    private @Nullable Path torrent;

    @Option(names = "--for", paramLabel = "SECONDS", description = "Stop by itself after so long.")
    private @Nullable Long seconds;

    public SeedCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Screen screen = new Screen(world, output);
        try (Visit visit = Visit.open(world, passwords)) {
            byte[] made = torrent();
            byte[] registered = Asked.of(
                            () -> visit.api().registry(visit.account()).upload(made, Details.NONE))
                    .file()
                    .toArrayUnsafe();
            TorrentSource source = source(registered, visit);
            long uploaded;
            Sharing sharing = Sharing.start(visit.member(), options, screen::tell);
            try (sharing) {
                sharing.add(source);
                serve(sharing, visit.stop(), source, screen);
                uploaded = sharing.status(source.metainfo().id()).uploaded();
            } finally {
                screen.erase();
            }
            tell(screen, visit, uploaded, sharing.earned());
        }
        return ExitCode.OK;
    }

    /** Without announce URL: each member's has a passkey of its own. */
    private byte[] torrent() throws IOException {
        if (torrent != null) {
            return Files.readAllBytes(torrent);
        }
        try {
            return TorrentCreator.create(file, new Wish(Optional.empty(), Optional.empty(), Optional.empty(), false));
        } catch (MetainfoException e) {
            throw Trouble.failed(file + " cannot be a torrent: " + e.getMessage());
        }
    }

    private TorrentSource source(byte[] bytes, Visit visit) throws IOException {
        try {
            Path folder = file.toRealPath().getParent();
            return TorrentSource.ofFile(
                    bytes,
                    folder == null ? Path.of("/") : folder,
                    List.of(visit.account().announceUrl()));
        } catch (MetainfoException e) {
            throw Trouble.failed(file + " cannot be a torrent: " + e.getMessage());
        }
    }

    private void serve(Sharing sharing, Stop stop, TorrentSource source, Screen screen) {
        TorrentId id = source.metainfo().id();
        String infoHash = source.metainfo().v1().orElseThrow().infoHash().hex();
        int port = sharing.address().getPort();
        screen.tell(
                "seeding",
                Map.of("info_hash", infoHash, "port", port),
                "seeding %s, info hash %s, port %d".formatted(file, infoHash, port));
        long begun = System.nanoTime();
        long told = begun;
        while ((seconds == null || System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(seconds)) && !isStopped(stop)) {
            sharing.requireHope(id);
            requireAll(sharing, id);
            if (System.nanoTime() - told > TimeUnit.SECONDS.toNanos(1)) {
                told = System.nanoTime();
                Progress progress = sharing.progress(id);
                screen.progress(progress.fields(), progress.seeding());
            }
        }
    }

    /** Nobody is served from a file that is not the torrent's. */
    private void requireAll(Sharing sharing, TorrentId id) {
        var status = sharing.status(id);
        if (status.state() == State.DOWNLOADING) {
            throw Trouble.failed("%s is not what the torrent says: %d of %d pieces are right; pbts agent download"
                            .formatted(file, status.havePieces(), status.pieces())
                    + " fetches the others");
        }
    }

    /** Waits a little. An interrupt is a wish to stop as much as a signal is. */
    private static boolean isStopped(Stop stop) {
        try {
            return stop.await(Duration.ofMillis(200));
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static void tell(Screen screen, Visit visit, long uploaded, long earned) throws InterruptedException {
        Standing after = visit.now();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("uploaded", uploaded);
        fields.put("receipts_earned", earned);
        Standing.put(fields, visit.before(), after);
        screen.result(
                "stopped",
                fields,
                "stopped; %d bytes sent, %d receipts earned, %s"
                        .formatted(uploaded, earned, visit.before().until(after)));
    }
}
