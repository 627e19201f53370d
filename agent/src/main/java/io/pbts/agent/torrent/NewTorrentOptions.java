package io.pbts.agent.torrent;

import io.pbts.agent.cli.Trouble;
import io.pbts.engine.create.TorrentCreator;
import io.pbts.engine.create.TorrentCreator.Wish;
import io.pbts.protocol.torrent.MetainfoException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a torrent that is made here is like. */
final class NewTorrentOptions {

    @Option(
            names = "--piece-length",
            paramLabel = "BYTES",
            description = "A power of two from 16384; else 262144 or more, by size.")
    private @Nullable Integer pieceLength;

    @Option(names = "--source", paramLabel = "TAG", description = "Makes the same files another torrent.")
    private @Nullable String source;

    @Option(names = "--hybrid", description = "Add the v2 half (BEP 52).")
    private boolean hybrid;

    /** The bytes of a private torrent's file. */
    byte[] create(Path content, Optional<String> announce) throws IOException {
        Wish wish = new Wish(announce, Optional.ofNullable(pieceLength), Optional.ofNullable(source), hybrid);
        try {
            return TorrentCreator.create(content, wish);
        } catch (MetainfoException e) {
            throw Trouble.failed(content + " cannot be a torrent: " + e.getMessage());
        }
    }
}
