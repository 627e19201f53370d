package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever builds a commit gets the same bytes, wherever and whenever. */
@Tag("long")
class ReproducibleIT {
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    @TempDir
    Path folder;

    @Test
    void twoCheckoutsOfACommitGiveTheSameJars() throws IOException {
        Map<String, String> first = built("one");
        Map<String, String> second = built("another-and-longer-path");
        assertThat(second).isEqualTo(first).hasSize(ServiceJar.SERVICES.size());
    }

    /** SHA-256 of each service's jar, built in a checkout of its own. */
    private Map<String, String> built(String name) throws IOException {
        Path checkout = folder.resolve(name);
        run(folder, "git", "clone", "-q", "--no-hardlinks", Stack.HOME.toString(), checkout.toString());
        run(
                checkout,
                "./mvnw",
                "-q",
                "-B",
                "-ntp",
                "package",
                "-DskipTests",
                "-am",
                "-pl",
                String.join(",", ServiceJar.SERVICES));
        Map<String, String> hashes = new TreeMap<>();
        for (String service : ServiceJar.SERVICES) {
            hashes.put(service, ServiceJar.in(checkout, service).sha256());
        }
        return hashes;
    }

    private static void run(Path directory, String... command) {
        Shell.run(directory, PATIENCE, Map.of(), List.of(command)).succeeded();
    }
}
