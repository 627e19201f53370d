package io.pbts.agent.sharing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pbts.agent.cli.PrivateFile;
import io.pbts.engine.create.TorrentCreator;
import io.pbts.engine.create.TorrentCreator.Wish;
import io.pbts.protocol.hash.Sha256;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.MetainfoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;

/**
 * Torrents of files that lie here, kept so that the files are read through once: as long as they look as they did (names,
 * lengths, times), their torrent is the one that was made then.
 */
final class MadeTorrents {

    private static final Wish USUAL = new Wish(Optional.empty(), Optional.empty(), Optional.empty(), false);

    private final Path folder;

    /** Keeps them in a folder, which need not be there. */
    MadeTorrents(Path folder) {
        this.folder = folder;
    }

    /**
     * The bytes of the {@code .torrent} of a file or folder.
     *
     * @param content a real path
     * @throws IOException when it cannot be read or the torrent cannot be kept
     */
    byte[] of(Path content) throws IOException, MetainfoException {
        String look = look(content);
        Path kept = folder.resolve(name(content) + ".torrent");
        Path looked = folder.resolve(name(content) + ".look");
        Optional<byte[]> known = known(kept, looked, look);
        if (known.isPresent()) {
            return known.get();
        }
        byte[] made = TorrentCreator.create(content, USUAL);
        Files.createDirectories(folder);
        // A look without its torrent, or with that of an earlier one, must never be there.
        Files.deleteIfExists(looked);
        Files.write(kept, made);
        PrivateFile.replace(looked, look);
        return made;
    }

    /** Empty when there is none, or none that can be read: then it is made anew. */
    private static Optional<byte[]> known(Path kept, Path looked, String look) {
        try {
            if (!Files.readString(looked).equals(look)) {
                return Optional.empty();
            }
            byte[] torrent = Files.readAllBytes(kept);
            Metainfo.parse(torrent);
            return Optional.of(torrent);
        } catch (IOException | MetainfoException e) {
            return Optional.empty();
        }
    }

    private static String look(Path content) throws IOException {
        var look = new StringBuilder();
        try (Stream<Path> files = Files.walk(content)) {
            for (Path file : files.sorted().toList()) {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                if (!now.isDirectory()) {
                    look.append(now.size())
                            .append(' ')
                            .append(now.lastModifiedTime().to(TimeUnit.NANOSECONDS))
                            .append(' ')
                            .append(content.relativize(file))
                            .append('\n');
                }
            }
        }
        return look.toString();
    }

    private static String name(Path content) {
        return Sha256.hash(Bytes.wrap(content.toString().getBytes(UTF_8))).toUnprefixedHexString();
    }
}
