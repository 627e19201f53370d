package io.pbts.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Memory of processes in KiB. RSS counts a page once for every process that maps it; PSS shares it among
 * them, so only PSS adds up to what the machine gave away. Zero where the system does not tell.
 */
public record MemoryUse(long rssKib, long pssKib) {
    public static final MemoryUse NONE = new MemoryUse(0, 0);

    public static MemoryUse of(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.map(MemoryUse::ofLine).reduce(NONE, MemoryUse::plus);
        } catch (IOException | UncheckedIOException e) {
            return NONE;
        }
    }

    /** Of the process and all that it started. */
    public static MemoryUse ofTree(long pid) {
        return ProcessHandle.of(pid)
                .map(root -> Stream.concat(Stream.of(root), root.descendants())
                        .map(process -> of(process.pid()))
                        .reduce(NONE, MemoryUse::plus))
                .orElse(NONE);
    }

    public MemoryUse plus(MemoryUse other) {
        return new MemoryUse(Math.addExact(rssKib, other.rssKib), Math.addExact(pssKib, other.pssKib));
    }

    private static MemoryUse ofLine(String line) {
        if (line.startsWith("Rss:")) {
            return new MemoryUse(kib(line), 0);
        }
        return line.startsWith("Pss:") ? new MemoryUse(0, kib(line)) : NONE;
    }

    private static long kib(String line) {
        String[] words = line.split("\\s+", -1);
        return Long.parseLong(words[1]);
    }
}
