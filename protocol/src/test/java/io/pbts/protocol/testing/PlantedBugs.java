package io.pbts.protocol.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs the tests that are named for planted bugs, over the code as it is and over the code with the bug. */
public final class PlantedBugs {
    private static final Duration MOST = Duration.ofMinutes(10);
    private static final List<String> OPTIONS = List.of(
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+EnableDynamicAgentLoading");

    private PlantedBugs() {}

    /** All tests that are named pass as long as nobody has planted anything. */
    public static void requireGreen(Path folder, List<PlantedBug> bugs) throws IOException {
        List<String> tests =
                bugs.stream().flatMap(bug -> bug.tests().stream()).distinct().toList();
        ChildJvm.Ended ended = run(folder, new PlantedBug("none", List.of(), tests), tests);
        assertThat(ended.code()).as(ended::output).isEqualTo(NamedTests.GREEN);
    }

    /** Each of its tests fails by itself. */
    public static void requireCaught(Path folder, PlantedBug bug) throws IOException {
        for (String test : bug.tests()) {
            ChildJvm.Ended ended = run(folder, bug, List.of(test));
            assertThat(ended.code())
                    .as(() -> "%s did not notice: %s%n%s".formatted(test, bug, ended.output()))
                    .isEqualTo(NamedTests.RED);
        }
    }

    private static ChildJvm.Ended run(Path folder, PlantedBug bug, List<String> tests) throws IOException {
        Path view = Files.createTempDirectory(folder, "planted").toRealPath();
        try {
            var checkout = PlantedCheckout.in(view, bug);
            return new ChildJvm(checkout.classPath(), OPTIONS)
                    .run(checkout.folder(), MOST, NamedTests.class.getName(), tests);
        } finally {
            delete(view);
        }
    }

    /** Links go, what they lead to stays. */
    private static void delete(Path view) throws IOException {
        try (Stream<Path> files = Files.walk(view)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
