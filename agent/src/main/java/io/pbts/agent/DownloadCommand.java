package io.pbts.agent;

import io.pbts.agent.Sharing.Member;
import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.TrackerApi;
import io.pbts.engine.TorrentSource;
import io.pbts.engine.TorrentStatus;
import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.metadata.MetadataFetch;
import io.pbts.engine.metadata.NobodyTold;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.MetainfoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
final class DownloadCommand implements Callable<Integer> {

    private static final Duration TELL = Duration.ofSeconds(2);

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

    DownloadCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Account account = Accounts.require(world.folders());
        try (TrackerApi api = new TrackerApi(account.tracker());
                Stop stop = new Stop()) {
            Member member = Members.open(world.folders(), passwords.read(world), api, account);
            TorrentSource source = source(api, account);
            try (Sharing sharing = Sharing.start(member, options, source, this::tell)) {
                return fetch(sharing, stop, source);
            }
        }
    }

    private TorrentSource source(TrackerApi api, Account account) throws IOException, InterruptedException {
        byte[] torrent = what.torrent == null ? learn(api, account) : Files.readAllBytes(what.torrent);
        try {
            return TorrentSource.ofFile(torrent, folder, List.of(account.announceUrl()));
        } catch (MetainfoException | IllegalArgumentException e) {
            throw Trouble.failed("the torrent cannot be used: " + e.getMessage());
        }
    }

    /** From the tracker's registry; else from peers, since not every tracker has one. */
    private byte[] learn(TrackerApi api, Account account) throws IOException, InterruptedException {
        InfoHash hash = InfoHash.fromHex(String.valueOf(what.infoHash));
        if (hash.bytes().size() != 20) {
            throw new IllegalArgumentException("an info hash has 40 hexadecimal digits");
        }
        Optional<byte[]> registered = Asked.of(() -> api.torrent(hash.hex(), account));
        if (registered.isPresent()) {
            return registered.get();
        }
        try {
            return new MetadataFetch(hash.bytes(), options.listen())
                    .from(account.announceUrl())
                    .toArrayUnsafe();
        } catch (NobodyTold e) {
            throw Trouble.refused(String.valueOf(e.getMessage()));
        }
    }

    private int fetch(Sharing sharing, Stop stop, TorrentSource source) throws InterruptedException {
        String infoHash = source.metainfo().v1().orElseThrow().infoHash().hex();
        tell(
                "downloading",
                Map.of("info_hash", infoHash, "name", source.metainfo().name()),
                "downloading " + source.metainfo().name() + ", info hash " + infoHash);
        long begun = System.nanoTime();
        long told = begun;
        while (sharing.status().state() != State.SEEDING) {
            if (sharing.failure().isPresent()) {
                throw Trouble.failed(sharing.failure().get());
            }
            if (stop.await(Duration.ofMillis(50))) {
                throw Trouble.failed("stopped; what is there is kept, the same command goes on with it");
            }
            long now = System.nanoTime();
            if (seconds != null && now - begun > Duration.ofSeconds(seconds).toNanos()) {
                throw Trouble.failed("not done after " + seconds + " s; the same command goes on with it");
            }
            if (now - told > TELL.toNanos()) {
                told = now;
                progress(sharing.status());
            }
        }
        TorrentStatus status = sharing.status();
        tell(
                "complete",
                Map.of(
                        "info_hash", infoHash,
                        "folder", folder.toAbsolutePath().toString(),
                        "downloaded", status.downloaded(),
                        "unsigned_pieces", status.mixedPieces()),
                "complete: %s, %d bytes fetched"
                        .formatted(
                                folder.toAbsolutePath()
                                        .resolve(source.metainfo().name()),
                                status.downloaded()));
        return ExitCode.OK;
    }

    private void progress(TorrentStatus status) {
        tell(
                "progress",
                Map.of("pieces", status.pieces(), "have", status.havePieces(), "peers", status.peers()),
                "%d of %d pieces, %d peers".formatted(status.havePieces(), status.pieces(), status.peers()));
    }

    private void tell(String event, Map<String, ?> fields, String sentence) {
        output.tell(world.out(), event, fields, sentence);
    }
}
