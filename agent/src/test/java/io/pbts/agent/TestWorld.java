package io.pbts.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pbts.agent.cli.Folders;
import io.pbts.agent.cli.World;
import io.pbts.agent.key.CheapKeystores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A home of its own for each agent of a test, and what the agent printed. */
final class TestWorld {
    final Path home;
    final Map<String, String> environment = new HashMap<>(Map.of("PBTS_PASSWORD", "four words and a number"));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String input = "";
    boolean terminal;

    TestWorld(Path home) {
        this.home = home;
    }

    TestWorld typing(String text) {
        input = text;
        return this;
    }

    /** With a BLS key, as after {@code init}. */
    TestWorld withKey() throws IOException {
        Files.createDirectories(folders().config());
        Files.writeString(
                folders().blsKeystore(), CheapKeystores.bls(String.valueOf(environment.get("PBTS_PASSWORD"))));
        return this;
    }

    Folders folders() {
        return Folders.of(environment, home);
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        World world = new World(
                environment,
                home,
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                terminal);
        return Main.run(world, arguments);
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    /** The objects of {@code --json}. */
    List<JsonNode> told() {
        List<JsonNode> told = new ArrayList<>();
        out().lines().forEach(line -> told.add(JsonMapper.shared().readTree(line)));
        return told;
    }
}
