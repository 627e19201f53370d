package io.pbts.agent.sharing;

import io.pbts.engine.receipt.ReceiptPolicy.Ordinary;
import io.pbts.protocol.torrent.InfoHash;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * What a daemon is to do, as its policy file says (Java properties; lists separated by commas). An unknown word is an error,
 * so that a slip of the pen does not stay unnoticed.
 *
 * @param seed files and folders; each is a torrent of its own
 * @param download info hashes to fetch
 * @param tags registered torrents with one of them are fetched as well, also later ones
 * @param folder where downloads go
 * @param maxDisk bytes that downloads may take in all; 0 for no bound
 * @param until when to stop by itself: after so long, or never
 * @param stopRatio stop when the account has it; 0 for never
 */
record Policy(
        List<Path> seed,
        List<InfoHash> download,
        List<String> tags,
        Path folder,
        int port,
        Ordinary receipts,
        long uploadLimit,
        long downloadLimit,
        long maxDisk,
        Optional<Duration> until,
        double stopRatio) {

    private static final Set<String> WORDS = Set.of(
            "seed",
            "download",
            "tags",
            "folder",
            "port",
            "receipts",
            "upload-limit",
            "download-limit",
            "max-disk",
            "stop-after",
            "stop-ratio");

    Policy {
        seed = List.copyOf(seed);
        download = List.copyOf(download);
        tags = List.copyOf(tags);
        if (seed.isEmpty() && download.isEmpty() && tags.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to seed and nothing to download");
        }
        for (InfoHash hash : download) {
            if (hash.bytes().size() != 20) {
                throw new IllegalArgumentException("download: an info hash has 40 hexadecimal digits");
            }
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: from 0 to 65535");
        }
        if (uploadLimit < 0 || downloadLimit < 0 || maxDisk < 0 || !(stopRatio >= 0)) {
            throw new IllegalArgumentException("limits are not negative");
        }
    }

    /**
     * Reads a file; relative paths in it are taken from its folder.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Policy read(Path file) throws IOException {
        Properties said = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            said.load(in);
        }
        Set<String> unknown = new LinkedHashSet<>(said.stringPropertyNames());
        unknown.removeAll(WORDS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + String.join(", ", unknown));
        }
        Path base = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
        return new Policy(
                list(said, "seed").stream().map(base::resolve).toList(),
                list(said, "download").stream().map(InfoHash::fromHex).toList(),
                list(said, "tags"),
                base.resolve(said.getProperty("folder", ".").strip()),
                (int) number(said, "port"),
                Ordinary.valueOf(said.getProperty("receipts", "prefer").strip().toUpperCase(Locale.ROOT)),
                number(said, "upload-limit"),
                number(said, "download-limit"),
                number(said, "max-disk"),
                Optional.of(number(said, "stop-after"))
                        .filter(seconds -> seconds > 0)
                        .map(Duration::ofSeconds),
                decimal(said, "stop-ratio"));
    }

    private static List<String> list(Properties said, String word) {
        return Arrays.stream(said.getProperty(word, "").split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static long number(Properties said, String word) {
        try {
            return Long.parseLong(said.getProperty(word, "0").strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(word + ": a whole number", e);
        }
    }

    private static double decimal(Properties said, String word) {
        try {
            return Double.parseDouble(said.getProperty(word, "0").strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(word + ": a number", e);
        }
    }
}
