package io.pbts.benchmarks.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** The machine in words: what a figure must be read with. */
public final class Machine {
    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final double KIB_PER_GIB = 1 << 20;

    private Machine() {}

    /** For example {@code 2 x AMD EPYC, 24 GiB, JDK 25.0.3}. */
    public static String describe() throws IOException {
        long kib = Long.parseLong(first(MEMORY, "MemTotal").replaceAll("\\D", ""));
        return String.format(
                Locale.ROOT,
                "%d x %s, %.0f GiB, JDK %s",
                Runtime.getRuntime().availableProcessors(),
                first(CPUS, "model name"),
                kib / KIB_PER_GIB,
                Runtime.version().toString().replaceAll("[+].*", ""));
    }

    private static String first(Path file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0");
        }
    }
}
