package io.pbts.support.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a mounted directory. Kubernetes swaps a whole directory by one symbolic link ({@code ..data}), so a file is
 * judged by its content and never by its time; names with a leading dot belong to that machinery.
 */
record SecretDirectory(Path path) {
    private static final int MOST_FILES = 64;
    private static final int MOST_BYTES = 65_536;

    /** Every secret's text by name. A directory that does not exist holds none. */
    TreeMap<String, String> read() throws IOException {
        var found = new TreeMap<String, String>();
        if (!Files.isDirectory(path)) {
            return found;
        }
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(SecretDirectory::isSecret).toList()) {
                textOf(file).ifPresent(text -> found.put(String.valueOf(file.getFileName()), text));
            }
        }
        if (found.size() > MOST_FILES) {
            throw new IOException("more than %d files".formatted(MOST_FILES));
        }
        return found;
    }

    private static boolean isSecret(Path file) {
        return String.valueOf(file.getFileName()).startsWith("pbts.") && Files.isRegularFile(file);
    }

    private static Optional<String> textOf(Path file) throws IOException {
        try (var bytes = Files.newInputStream(file)) {
            byte[] read = bytes.readNBytes(MOST_BYTES + 1);
            if (read.length > MOST_BYTES) {
                throw new IOException("%s is larger than %d bytes".formatted(file.getFileName(), MOST_BYTES));
            }
            return Optional.of(new String(read, StandardCharsets.UTF_8));
        } catch (NoSuchFileException goneSinceListed) {
            return Optional.empty();
        }
    }
}
