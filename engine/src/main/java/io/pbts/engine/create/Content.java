package io.pbts.engine.create;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files below a folder, or one file, in the order of their raw names (BEP 52 demands it, BEP 3 leaves it open).
 *
 * @param name of the file or folder
 * @param single whether it is one file
 * @param files with the components of their paths below the folder; of a single file there are none
 */
record Content(String name, boolean single, List<Listed> files) {

    /** One file. */
    record Listed(Path path, List<String> components, long length) {}

    private static final Comparator<Path> BY_RAW_NAME = (one, other) ->
            Arrays.compareUnsigned(name(one).getBytes(UTF_8), name(other).getBytes(UTF_8));

    Content {
        files = List.copyOf(files);
    }

    /**
     * Looks at what is there.
     *
     * @throws IOException when it cannot be read, has no byte, or holds anything but files and folders
     */
    static Content of(Path path) throws IOException {
        Path real = path.toRealPath();
        List<Listed> files = new ArrayList<>();
        boolean single = Files.isRegularFile(real);
        if (single) {
            files.add(new Listed(real, List.of(), Files.size(real)));
        } else {
            list(real, List.of(), files);
        }
        if (files.stream().mapToLong(Listed::length).sum() == 0) {
            throw new IOException("nothing to share: " + path + " has no byte");
        }
        return new Content(name(real), single, files);
    }

    private static void list(Path folder, List<String> above, List<Listed> into) throws IOException {
        List<Path> children;
        try (Stream<Path> entries = Files.list(folder)) {
            children = entries.sorted(BY_RAW_NAME).toList();
        }
        for (Path child : children) {
            List<String> components = new ArrayList<>(above);
            components.add(name(child));
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                list(child, components, into);
            } else if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
                into.add(new Listed(child, List.copyOf(components), Files.size(child)));
            } else {
                throw new IOException("neither file nor folder: " + child);
            }
        }
    }

    private static String name(Path path) {
        Path last = path.getFileName();
        return last == null ? "" : last.toString();
    }

    long length() {
        return files.stream().mapToLong(Listed::length).sum();
    }
}
