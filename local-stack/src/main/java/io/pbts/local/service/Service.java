package io.pbts.local.service;

import io.pbts.local.console.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The suite's own services. The gateway is the door: it opens last and closes first. */
public enum Service {
    REPUTATION,
    ANNOUNCE,
    RECEIPT,
    CONTRACT,
    GATEWAY;

    /** Those that have a schema and roles in the database. */
    public static final List<Service> WITH_DATABASE = List.of(REPUTATION, ANNOUNCE, RECEIPT, CONTRACT);

    /** The part's name on the terminal and in logs: its module's. */
    public String part() {
        return schema() + "-service";
    }

    /** Its name in the database, of its schema and its roles, and in tokens between services. */
    public String schema() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The jar that the build made. */
    public Path jar(Path root) {
        Path target = root.resolve(part()).resolve("target");
        try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
            return files.filter(file -> isJar(file.getFileName().toString(), part()))
                    .findFirst()
                    .orElseThrow(() -> new Trouble("%s is not built: no jar in %s".formatted(part(), target)));
        } catch (IOException e) {
            throw new Trouble("cannot read " + target + ": " + e.getMessage(), e);
        }
    }

    private static boolean isJar(String file, String module) {
        return file.startsWith(module + "-")
                && file.endsWith(".jar")
                && Stream.of("-sources.jar", "-javadoc.jar", "-tests.jar").noneMatch(file::endsWith);
    }
}
