package io.pbts.acceptance;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Well-formed requests of every operation in docs/openapi that a door of the gateway leads to. */
final class DescribedRoutes {
    private static final int WEIGHT = 12;
    private static final String TORRENT = "application/x-bittorrent";
    private static final String REPORT = "application/vnd.pbts.report";
    private static final String FILE = "d4:infod6:lengthi1e4:name1:a12:piece lengthi16384e6:pieces20:"
            + "aaaaaaaaaaaaaaaaaaaa7:privatei1e6:source4:PBTSee";
    /** Whoever is locked out, or audits, had better not exist. */
    private static final Map<String, String> NOBODY = Map.of("user_id", "nobody-to-lock-out");

    private final Map<String, String> here;

    /** @param here as {@link Samples} has it */
    DescribedRoutes(Map<String, String> here) {
        this.here = here;
    }

    List<MutationRoute> all() throws IOException {
        List<MutationRoute> routes = new ArrayList<>();
        try (Stream<Path> documents = Files.list(Stack.HOME.resolve("docs/openapi"))) {
            for (Path file : documents.sorted().toList()) {
                JsonNode document = Stack.JSON.readTree(file.toFile());
                document.path("paths").properties().forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> routes.addAll(routes(
                                document,
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                operation.getValue()))));
            }
        }
        return routes;
    }

    private List<MutationRoute> routes(JsonNode document, String method, String template, JsonNode operation) {
        Map<String, String> names = new LinkedHashMap<>(here);
        if (template.startsWith("/admin/") && !method.equals("GET")) {
            names.putAll(NOBODY);
        }
        var samples = new Samples(document, template, names);
        String target = target(samples, template, operation);
        List<MutationRoute> routes = new ArrayList<>();
        bodies(samples, operation).forEach(body -> {
            var route = new MutationRoute("public", method, template, target, body.type(), body.text(), WEIGHT);
            if (RouteRow.of("gateway").stream().anyMatch(route::isCoveredBy)) {
                routes.addAll(route.atItsDoors());
            }
        });
        return routes;
    }

    private static String target(Samples samples, String template, JsonNode operation) {
        String path = template;
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asString();
            Object value = samples.value(name, parameter.path("schema"));
            String shown = encoded(value instanceof List<?> several ? several.getFirst() : value);
            switch (parameter.path("in").asString()) {
                case "path" -> path = path.replace("{" + name + "}", shown);
                case "query" -> query.add(name + "=" + shown);
                default -> {
                    // a header: the credential, which is the caller's
                }
            }
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private record Body(String type, String text) {}

    /** Of each kind of content one, of an object with fields that may be left out two. */
    private static List<Body> bodies(Samples samples, JsonNode operation) {
        JsonNode content = operation.at("/requestBody/content");
        List<Body> bodies = new ArrayList<>();
        content.properties().forEach(kind -> {
            JsonNode schema = kind.getValue().path("schema");
            switch (kind.getKey()) {
                case TORRENT -> bodies.add(new Body(TORRENT, FILE));
                case REPORT -> bodies.add(new Body(REPORT, report()));
                case MutationRoute.JSON ->
                    Stream.of(samples.object(schema, true), samples.object(schema, false))
                            .filter(fields -> !fields.isEmpty())
                            .distinct()
                            .map(Stack.JSON::writeValueAsString)
                            .forEach(text -> bodies.add(new Body(MutationRoute.JSON, text)));
                default -> throw new AssertionError("no sample of a body of " + kind.getKey());
            }
        });
        return bodies.isEmpty() ? List.of(new Body(MutationRoute.JSON, "")) : bodies;
    }

    private static String report() {
        Path vectors = Stack.HOME.resolve("protocol/src/test/resources/vectors/reports-binary.json");
        String hex = Stack.JSON.readTree(vectors.toFile()).findValue("body").asString();
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8);
    }
}
