package io.pbts.agent.torrent;

import io.pbts.agent.cli.Trouble;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.MetainfoException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A {@code .torrent} file that can be used here. */
public final class TorrentFile {

    private TorrentFile() {}

    /** What is in a file. */
    public static Metainfo read(Path file) throws IOException {
        return parse(file, Files.readAllBytes(file));
    }

    static Metainfo parse(Path file, byte[] bytes) {
        try {
            Metainfo metainfo = Metainfo.parse(bytes);
            if (metainfo.v1().isEmpty()) {
                throw Trouble.failed(file + ": a torrent without a v1 info hash is not supported");
            }
            return metainfo;
        } catch (MetainfoException e) {
            throw Trouble.failed(file + " is no torrent: " + e.getMessage());
        }
    }

    /** Writes a file that must not be there yet; what cannot be written whole is not left behind. */
    static void create(Path file, byte[] torrent) throws IOException {
        try {
            Files.write(file, torrent, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw Trouble.failed("there is a file already, which is kept: " + file);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
