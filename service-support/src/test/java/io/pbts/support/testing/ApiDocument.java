package io.pbts.support.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a service says of itself, as committed in {@code docs/openapi}: the provider's test keeps the file equal to
 * {@code /v3/api-docs}, so that a consumer may be checked against it without a running provider.
 *
 * @param name of the service, such as {@code receipt-service}
 * @param root the document
 */
public record ApiDocument(String name, JsonNode root) {
    private static final String UPDATE = "pbts.openapi.update";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    public static ApiDocument committed(String name) {
        return new ApiDocument(name, JSON.readTree(read(file(name))));
    }

    /** Fails unless the service answers at {@code /v3/api-docs} what is committed; with the update switch it commits that. */
    public static void requireCommitted(String name, JsonNode served) {
        requireReadableTags(name, served);
        String now = canonical(served);
        if (Boolean.getBoolean(UPDATE)) {
            write(file(name), now);
        }
        requireSame(name, read(file(name)), now);
    }

    static void requireSame(String name, String committed, String answered) {
        List<String> before = committed.lines().toList();
        List<String> after = answered.lines().toList();
        if (!before.equals(after)) {
            int line = firstDifference(before, after);
            throw new AssertionError("""
                    docs/openapi/%1$s.json is not what %1$s says of itself, first in line %2$d:
                      committed: %3$s
                      answered:  %4$s
                    If the change is meant, run this test again with -D%5$s=true and commit the file.""".formatted(name, line + 1, at(before, line), at(after, line), UPDATE));
        }
    }

    /** Sorted and without the address it was asked at. */
    static String canonical(JsonNode served) {
        var document = (ObjectNode) served.deepCopy();
        document.remove("servers");
        List<JsonNode> tags = document.path("tags")
                .valueStream()
                .sorted(Comparator.comparing(tag -> tag.path("name").asString()))
                .toList();
        if (!tags.isEmpty()) {
            document.putArray("tags").addAll(tags);
        }
        return JSON.writeValueAsString(document) + "\n";
    }

    private static void requireReadableTags(String name, JsonNode served) {
        List<String> derived = served.path("paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .flatMap(operation -> operation.path("tags").valueStream())
                .map(JsonNode::asString)
                .filter(tag -> tag.endsWith("-controller"))
                .distinct()
                .toList();
        if (!derived.isEmpty()) {
            throw new AssertionError("%s: controllers without a @Tag for people: %s".formatted(name, derived));
        }
    }

    private static int firstDifference(List<String> committed, List<String> answered) {
        int shorter = Math.min(committed.size(), answered.size());
        return IntStream.range(0, shorter)
                .filter(line -> !committed.get(line).equals(answered.get(line)))
                .findFirst()
                .orElse(shorter);
    }

    private static String at(List<String> lines, int line) {
        return line < lines.size() ? lines.get(line).strip() : "(end)";
    }

    /** Tests run in a module's folder, the documents lie beside it. */
    private static Path file(String name) {
        Path root = Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .takeWhile(folder -> folder != null)
                .filter(folder -> Files.isDirectory(folder.resolve("docs").resolve("openapi")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no docs/openapi above the working folder"));
        return root.resolve("docs").resolve("openapi").resolve(name + ".json");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "{}";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
