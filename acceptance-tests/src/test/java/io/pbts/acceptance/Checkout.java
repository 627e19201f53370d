package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an operator has of a checkout.
 *
 * @param folder for all that is made beside it
 * @param path where commands run
 */
record Checkout(Path folder, Path path) {
    private static final List<String> PARTS = List.of("pbts", "Dockerfile", "docker-compose.yml", "db", "deployment");
    /** What an operator may change there. */
    private static final String MANIFESTS = "k8s";

    /** One as of this build. */
    static Checkout create() {
        try {
            Path folder = Files.createTempDirectory("pbts-operations");
            // The database's user must reach its data.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path path = Files.createDirectory(folder.resolve("checkout"));
            for (String part : PARTS) {
                Files.createSymbolicLink(path.resolve(part), Stack.HOME.resolve(part));
            }
            Shell.run("cp", "-R", Stack.HOME.resolve(MANIFESTS).toString(), path.toString())
                    .succeeded();
            return new Checkout(folder, path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As if the operator had put a file there. */
    void put(String file, String content) {
        try {
            Files.writeString(path.resolve(file), content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It becomes that of another version, whose number is in the manifests. */
    void become(String version, String next) {
        String files = "grep -rlF \"$0\" %s | xargs sed -i \"s/${0//./\\\\.}/$1/\"".formatted(MANIFESTS);
        Shell.run(
                        path,
                        Duration.ofMinutes(1),
                        Map.of(),
                        List.of("bash", "-euo", "pipefail", "-c", files, version, next))
                .succeeded();
    }

    /** With all that was made beside it. */
    void delete() {
        Shell.run("rm", "-rf", folder.toString());
    }
}
