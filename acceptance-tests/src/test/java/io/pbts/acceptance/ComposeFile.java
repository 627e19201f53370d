package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;

/** A Compose file with the settings of the file {@code .env} beside it. */
record ComposeFile(JsonNode services, Map<String, String> settings) {
    private static final Pattern SETTING = Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}");
    private static final String DONE = "service_completed_successfully";

    static ComposeFile read(Path folder) {
        try {
            Object file = new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(Files.readString(folder.resolve("docker-compose.yml")));
            Map<String, String> settings = new LinkedHashMap<>();
            Path environment = folder.resolve(".env");
            if (Files.exists(environment)) {
                for (String line : Files.readAllLines(environment)) {
                    String[] parts = line.split("=", 2);
                    settings.put(parts[0], parts[1]);
                }
            }
            return new ComposeFile(Stack.JSON.<JsonNode>valueToTree(file).path("services"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode service(String name) {
        JsonNode service = services.path(name);
        if (service.isMissingNode()) {
            throw new StandIns.UnknownCommand("no service " + name);
        }
        return service;
    }

    /** Those that a service waits for before it starts. */
    List<String> needs(String service) {
        return List.copyOf(service(service).path("depends_on").propertyNames());
    }

    /** These and all that they stand on, what others stand on first. */
    Set<String> inOrder(Iterable<String> wanted) {
        Set<String> order = new LinkedHashSet<>();
        wanted.forEach(service -> add(service, order));
        return order;
    }

    Set<String> all() {
        return inOrder(services.propertyNames());
    }

    /** Whether it ends by itself and others wait for its end. */
    boolean isOneShot(String service) {
        return services.valueStream().anyMatch(other -> other.path("depends_on")
                .path(service)
                .path("condition")
                .asString("")
                .equals(DONE));
    }

    Map<String, String> environment(String service) {
        Map<String, String> environment = new LinkedHashMap<>();
        // The merge of YAML puts what is merged behind what stands there.
        service(service)
                .path("environment")
                .propertyStream()
                .forEach(setting -> environment.put(
                        setting.getKey(), interpolated(setting.getValue().asString())));
        return environment;
    }

    /** Entrypoint and command. */
    List<String> command(String service) {
        List<String> words = new ArrayList<>();
        for (String part : List.of("entrypoint", "command")) {
            service(service).path(part).forEach(word -> words.add(interpolated(word.asString())));
        }
        return words;
    }

    private void add(String service, Set<String> order) {
        needs(service).forEach(other -> add(other, order));
        order.add(service);
    }

    private String interpolated(String text) {
        return SETTING.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(settings.getOrDefault(found.group(1), found.group(2))))
                .replace("$$", "$");
    }
}
