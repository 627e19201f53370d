package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A promise of {@code docs/security.md} names the test that shows it; a test that was renamed or deleted shows nothing. */
class SecurityDocumentIT {
    private static final Pattern NAMED =
            Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Test|IT|Properties|\\.t\\.sol))(?:#([a-zA-Z0-9_]+))?`");
    private static final Pattern PROMISE = Pattern.compile("(?m)^\\| \\*\\*S\\d+\\*\\* .*$");

    @Test
    void everyTestThatTheDocumentNamesExists() throws IOException {
        Map<String, Path> tests = tests();
        var named = NAMED.matcher(document());
        List<String> missing = new ArrayList<>();
        int found = 0;
        while (named.find()) {
            found++;
            Path file = tests.get(named.group(1));
            boolean exists = file != null && (named.group(2) == null || declares(file, named.group(2)));
            if (!exists) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThan(20);
    }

    @Test
    void everyPromiseNamesATest() throws IOException {
        List<String> promises =
                PROMISE.matcher(document()).results().map(row -> row.group()).toList();
        assertThat(promises).hasSizeGreaterThan(15);
        assertThat(promises).allMatch(row -> NAMED.matcher(row).find());
    }

    private static boolean declares(Path file, String method) throws IOException {
        String source = Files.readString(file);
        return Pattern.compile("(?:void|function) " + method + "\\(")
                .matcher(source)
                .find();
    }

    private static String document() throws IOException {
        return Files.readString(Stack.HOME.resolve("docs/security.md"));
    }

    private static Map<String, Path> tests() throws IOException {
        Map<String, Path> found = new HashMap<>();
        try (Stream<Path> modules = Files.list(Stack.HOME)) {
            for (Path module : modules.toList()) {
                for (String place : List.of("src/test/java", "test")) {
                    collect(module.resolve(place), found);
                }
            }
        }
        return found;
    }

    private static void collect(Path folder, Map<String, Path> found) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> found.put(file.getFileName().toString().replaceAll("\\.java$", ""), file));
        }
    }
}
