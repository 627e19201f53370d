package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The secrets of a stack, by names that may be printed: in nothing that it writes or says may one of them stand. */
final class Canaries {
    private static final int SHORTEST = 16;

    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    private Canaries() {}

    static Canaries of(Map<String, String> secrets) {
        var canaries = new Canaries();
        secrets.forEach(canaries::add);
        return canaries;
    }

    /** Every secret file but the set of public keys, line by line, as a stack trace or a parser's message would quote it. */
    static Canaries ofFiles(Stack stack) throws IOException {
        var canaries = new Canaries();
        Path secrets = stack.dataDir().resolve("secrets");
        try (Stream<Path> files = Files.walk(secrets)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = secrets.relativize(file).toString();
                if (!name.endsWith("pbts.service-keys")) {
                    canaries.addLines(name, Files.readString(file));
                }
            }
        }
        assertThat(canaries.secrets.keySet())
                .anyMatch(name -> name.contains("admin-key"))
                .anyMatch(name -> name.contains("service-key"))
                .anyMatch(name -> name.contains("passkey-key"))
                .anyMatch(name -> name.contains("app-password"));
        return canaries;
    }

    private void addLines(String file, String content) {
        int number = 0;
        for (String line : content.lines().toList()) {
            if (line.length() >= SHORTEST && !line.startsWith("-----")) {
                secrets.put(file + ":" + ++number, line.strip());
            }
        }
    }

    void add(String name, String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException("too short to be told from other words: " + name);
        }
        secrets.put(name, secret);
    }

    /** Which canary stands in what was said at that place; never the canary itself, since this is printed. */
    List<String> in(String place, String text) {
        if (text.length() < SHORTEST) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        secrets.forEach((name, secret) -> {
            if (text.contains(secret)) {
                found.add(name + " in " + place);
            }
        });
        return found;
    }
}
