package io.pbts.agent.torrent;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.World;
import io.pbts.protocol.torrent.Metainfo;
import java.io.IOException;
import java.nio.file.Path;
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
public final class CreateTorrentCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "PATH", description = "The file or folder.")
    private Path content = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "Where to; else PATH.torrent. Must not be there yet.")
    private @Nullable Path out;

    @Option(names = "--announce", paramLabel = "URL", description = "The tracker's announce URL.")
    private @Nullable String announce;

    @Mixin
    private NewTorrentOptions wish = new NewTorrentOptions();

    public CreateTorrentCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        Path file = Optional.ofNullable(out).orElseGet(() -> Path.of(content + ".torrent"));
        byte[] torrent = wish.create(content, Optional.ofNullable(announce));
        TorrentFile.create(file, torrent);
        Metainfo made = TorrentFile.parse(file, torrent);
        var v1 = made.v1().orElseThrow();
        output.result(
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
