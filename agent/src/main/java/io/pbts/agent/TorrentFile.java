package io.pbts.agent;

import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.MetainfoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@code .torrent} file that can be used here. */
final class TorrentFile {

    private TorrentFile() {}

    static Metainfo read(Path file) throws IOException {
        try {
            Metainfo metainfo = Metainfo.parse(Files.readAllBytes(file));
            if (metainfo.v1().isEmpty()) {
                throw Trouble.failed(file + ": a torrent without a v1 info hash is not supported");
            }
            return metainfo;
        } catch (MetainfoException e) {
            throw Trouble.failed(file + " is no torrent: " + e.getMessage());
        }
    }
}
