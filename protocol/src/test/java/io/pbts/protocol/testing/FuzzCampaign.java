package io.pbts.protocol.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Fuzzes one target with Jazzer until a round of a million inputs reaches nothing new, or for 20 minutes. What was reached
 * is kept in {@code target/fuzz}, so that the next campaign begins there; a finding is in the failure's text.
 */
public final class FuzzCampaign {
    private static final int ROUND = 1_000_000;
    private static final Duration MOST = Duration.ofMinutes(20);
    private static final Duration START = Duration.ofMinutes(3);
    private static final String HEAP = "-Xmx256m";
    private static final int SLOWEST_SECONDS = 10;
    private static final int FINDINGS_SHOWN = 6_000;

    private FuzzCampaign() {}

    public static void run(FuzzTarget target) {
        Path folder = Path.of("target", "fuzz", target.name().toLowerCase(Locale.ROOT))
                .toAbsolutePath();
        Path corpus = folder.resolve("corpus");
        Path seeds = folder.resolve("seeds");
        try {
            Files.createDirectories(corpus);
            Files.createDirectories(seeds);
            List<byte[]> examples = target.examples();
            for (int i = 0; i < examples.size(); i++) {
                Files.write(seeds.resolve("example-" + i), examples.get(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long end = System.nanoTime() + MOST.toNanos();
        long before;
        do {
            before = files(corpus);
            round(target, folder, Duration.ofNanos(end - System.nanoTime()));
        } while (files(corpus) > before
                && end - System.nanoTime() > Duration.ofSeconds(1).toNanos());
    }

    private static void round(FuzzTarget target, Path folder, Duration left) {
        var jvm = new ChildJvm(
                System.getProperty("java.class.path"),
                List.of(
                        HEAP,
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dio.netty.noUnsafe=true", // Jazzer's hook for Unsafe fails in Netty's queues
                        "-D" + FuzzEntry.PROPERTY + "=" + nameOf(target)));
        ChildJvm.Ended ended = jvm.run(
                folder,
                left.plus(START),
                "com.code_intelligence.jazzer.Jazzer",
                List.of(
                        "--target_class=" + FuzzEntry.class.getName(),
                        "--instrumentation_includes=io.pbts.**",
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + "/",
                        "-timeout=" + SLOWEST_SECONDS,
                        "-runs=" + ROUND,
                        "-max_total_time=" + Math.max(1, left.toSeconds()),
                        folder.resolve("corpus").toString(),
                        folder.resolve("seeds").toString()));
        assertThat(ended.code()).as(() -> end(ended.output())).isZero();
        assertThat(ended.output()).as(() -> end(ended.output())).containsPattern("DONE|Done \\d+ runs");
    }

    /** Not asked of {@link FuzzEntry}, which is for JVMs that have a target. */
    private static String nameOf(FuzzTarget target) {
        return ((Enum<?>) target).getDeclaringClass().getName() + "#" + target.name();
    }

    private static String end(String output) {
        return output.substring(Math.max(0, output.length() - FINDINGS_SHOWN));
    }

    private static long files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
