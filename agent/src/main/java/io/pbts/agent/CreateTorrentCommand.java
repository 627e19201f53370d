package io.pbts.agent;

import io.pbts.engine.create.TorrentCreator;
import io.pbts.engine.create.TorrentCreator.Wish;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.MetainfoException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a private torrent. Holds no passkey unless an announce URL with one is given. */
@Command(name = "create-torrent", description = "Makes a private torrent of a file or folder.")
final class CreateTorrentCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "PATH", description = "The file or folder.")
    private Path content = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "Where to; else PATH.torrent. Must not be there yet.")
    private @Nullable Path out;

    @Option(names = "--announce", paramLabel = "URL", description = "The tracker's announce URL.")
    private @Nullable String announce;

    @Option(
            names = "--piece-length",
            paramLabel = "BYTES",
            description = "A power of two from 16384; else 262144 or more, by size.")
    private @Nullable Integer pieceLength;

    @Option(names = "--source", paramLabel = "TAG", description = "Makes the same files another torrent.")
    private @Nullable String source;

    @Option(names = "--hybrid", description = "Add the v2 half (BEP 52).")
    private boolean hybrid;

    CreateTorrentCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        Wish wish = new Wish(
                Optional.ofNullable(announce), Optional.ofNullable(pieceLength), Optional.ofNullable(source), hybrid);
        Path file = Optional.ofNullable(out).orElseGet(() -> Path.of(content + ".torrent"));
        byte[] torrent;
        Metainfo made;
        try {
            torrent = TorrentCreator.create(content, wish);
            made = Metainfo.parse(torrent);
        } catch (MetainfoException e) {
            throw Trouble.failed(content + " cannot be a torrent: " + e.getMessage());
        }
        try {
            Files.write(file, torrent, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw Trouble.failed("there is a file already, which is kept: " + file);
        }
        var v1 = made.v1().orElseThrow();
        output.tell(
                world.out(),
                "torrent-made",
                Map.of(
                        "info_hash", v1.infoHash().hex(),
                        "file", file.toString(),
                        "pieces", v1.pieces().count(),
                        "piece_length", v1.pieces().pieceLength()),
                "made %s, info hash %s, %d pieces of %d bytes"
                        .formatted(
                                file,
                                v1.infoHash().hex(),
                                v1.pieces().count(),
                                v1.pieces().pieceLength()));
        return ExitCode.OK;
    }
}
