package io.pbts.agent.sharing;

import io.pbts.agent.cli.Asked;
import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.PasswordOptions;
import io.pbts.agent.cli.Screen;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.cli.World;
import io.pbts.engine.TorrentSource;
import io.pbts.engine.TorrentStatus;
import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.metadata.MetadataFetch;
import io.pbts.engine.metadata.NobodyTold;
import io.pbts.protocol.torrent.InfoHash;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fetches a torrent's files, and signs for every piece that came from one member. */
@Command(
        name = "download",
        description =
                "Fetches a torrent's files: exit code 0 when all of them are there and verified. Signs for what it gets.")
public final class DownloadCommand implements Callable<Integer> {

    private static final Duration TELL = Duration.ofSeconds(1);

    private final World world;

    @Mixin
    private Output output = new Output();

    @Mixin
    private PasswordOptions passwords = new PasswordOptions();

    @Mixin
    private SharingOptions options = new SharingOptions();

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    /** One of the two names a torrent. */
    private static final class What {
        @Option(
                names = "--infohash",
                paramLabel = "HASH",
                description = "40 hexadecimal digits; the tracker or peers tell the rest.")
        private @Nullable String infoHash;

        @Option(names = "--torrent", paramLabel = "FILE", description = "A .torrent file.")
        private @Nullable Path torrent;
    }

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go; else here.")
    private Path folder = Path.of("");

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Give up after so long; else never.")
    private @Nullable Long seconds;

    public DownloadCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Screen screen = new Screen(world, output);
        try (Visit visit = Visit.open(world, passwords)) {
            TorrentSource source = source(visit);
            TorrentId id = source.metainfo().id();
            TorrentStatus done;
            Sharing sharing = Sharing.start(visit.member(), options, screen::tell);
            try (sharing) {
                sharing.add(source);
                fetch(sharing, visit.stop(), source, screen);
                done = sharing.status(id);
            } finally {
                screen.erase();
            }
            tell(screen, visit, source, done, sharing);
        }
        return ExitCode.OK;
    }

    private TorrentSource source(Visit visit) throws IOException, InterruptedException {
        byte[] torrent = what.torrent == null ? learn(visit) : Files.readAllBytes(what.torrent);
        try {
            return TorrentSource.ofFile(torrent, folder, List.of(visit.account().announceUrl()));
        } catch (MetainfoException | IllegalArgumentException e) {
            throw Trouble.failed("the torrent cannot be used: " + e.getMessage());
        }
    }

    /** From the tracker's registry; else from peers, since not every tracker has one. */
    private byte[] learn(Visit visit) throws IOException, InterruptedException {
        InfoHash hash = InfoHash.fromHex(String.valueOf(what.infoHash));
        if (hash.bytes().size() != 20) {
            throw new IllegalArgumentException("an info hash has 40 hexadecimal digits");
        }
        Optional<byte[]> registered =
                Asked.of(() -> visit.api().registry(visit.account()).torrent(hash.hex()));
        if (registered.isPresent()) {
            return registered.get();
        }
        try {
            return new MetadataFetch(hash.bytes(), options.listen())
                    .from(visit.account().announceUrl())
                    .toArrayUnsafe();
        } catch (NobodyTold e) {
            throw Trouble.refused("the tracker does not know this torrent, and " + String.valueOf(e.getMessage()));
        }
    }

    private void fetch(Sharing sharing, Stop stop, TorrentSource source, Screen screen) throws InterruptedException {
        TorrentId id = source.metainfo().id();
        String infoHash = source.metainfo().v1().orElseThrow().infoHash().hex();
        screen.tell(
                "downloading",
                Map.of("info_hash", infoHash, "name", source.metainfo().name()),
                "downloading " + source.metainfo().name() + ", info hash " + infoHash);
        long begun = System.nanoTime();
        long told = begun;
        while (sharing.status(id).state() != State.SEEDING) {
            sharing.requireHope(id);
            if (stop.await(Duration.ofMillis(50))) {
                throw Trouble.failed("stopped; what is there is kept, the same command goes on with it");
            }
            long now = System.nanoTime();
            if (seconds != null && now - begun > Duration.ofSeconds(seconds).toNanos()) {
                throw late(sharing);
            }
            if (now - told > TELL.toNanos()) {
                told = now;
                Progress progress = sharing.progress(id);
                screen.progress(progress.fields(), progress.downloading());
            }
        }
    }

    private Trouble late(Sharing sharing) {
        String trouble = sharing.trackerTrouble();
        return Trouble.failed("not done after " + seconds + " s"
                + (trouble.isEmpty() ? "" : " (tracker: " + trouble + ")")
                + "; the same command goes on with it");
    }

    private void tell(Screen screen, Visit visit, TorrentSource source, TorrentStatus done, Sharing ended)
            throws InterruptedException {
        Standing after = visit.now();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("info_hash", source.metainfo().v1().orElseThrow().infoHash().hex());
        fields.put("folder", folder.toAbsolutePath().toString());
        fields.put("downloaded", done.downloaded());
        fields.put("unsigned_pieces", ended.unsignable());
        fields.put("receipts_signed", ended.signed());
        Standing.put(fields, visit.before(), after);
        screen.result(
                "complete",
                fields,
                "complete: %s, %d bytes fetched, %d receipts signed, %s (the senders hand them in)"
                        .formatted(
                                folder.toAbsolutePath()
                                        .resolve(source.metainfo().name()),
                                done.downloaded(),
                                ended.signed(),
                                visit.before().until(after)));
    }
}
