package io.pbts.acceptance;

import io.pbts.protocol.testing.network.FreePort;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An engine that runs the image of everything in one container: here its entrypoint in this checkout, which is built as the
 * image's is, with data of its own. Ports that the command publishes are free ones of this machine.
 */
final class QuickLook implements Machine, StandIns.Program {
    private static final String TARGET = "quick-look";
    private static final int HTTP = 8000;
    private static final int TRACKER = 6969;
    private static final Set<String> TRANSPORTS = Set.of("", "/tcp", "/udp");

    private final Path data;
    private final Set<String> images = new HashSet<>();
    /** Where the ports of the operator's machine are, by the container's. */
    private final Map<Integer, Integer> published = new HashMap<>();

    private final Doors doors = new Doors();
    private final Containers containers;

    private QuickLook(Path data, Path logs) {
        this.data = data;
        this.containers = new Containers(logs, doors);
    }

    static QuickLook in(Checkout checkout) {
        Path logs = checkout.folder().resolve("logs");
        Shell.run("mkdir", logs.toString()).succeeded();
        return new QuickLook(checkout.folder().resolve("data"), logs);
    }

    @Override
    public synchronized String script(Path context, List<String> arguments) {
        List<String> rest = arguments.subList(1, arguments.size());
        switch (arguments.getFirst()) {
            case "build" -> build(context, CommandLine.anywhere(rest, Set.of(), Set.of("--target", "-t")));
            case "run" -> run(CommandLine.leading(rest, Set.of("--detach", "--rm", "--init"), Set.of("--name", "-p")));
            case "stop" -> stop(rest);
            default -> throw new StandIns.UnknownCommand("docker " + arguments);
        }
        return "";
    }

    private void build(Path context, CommandLine line) {
        require(line.words().equals(List.of(".")) && Files.exists(context.resolve("Dockerfile")), line);
        require(line.value("--target").equals(TARGET), line);
        images.add(line.value("-t"));
    }

    private void run(CommandLine line) {
        require(line.words().size() == 1 && images.contains(line.words().getFirst()), line);
        require(line.has("--detach") && line.has("--rm"), line);
        for (String mapping : line.options().getOrDefault("-p", List.of())) {
            String[] sides = mapping.split("[:/]", 3);
            String transport = sides.length == 3 ? "/" + sides[2] : "";
            require(sides.length >= 2 && sides[0].equals(sides[1]) && TRANSPORTS.contains(transport), line);
            published.computeIfAbsent(Integer.valueOf(sides[1]), _ -> FreePort.next());
        }
        require(published.keySet().equals(Set.of(HTTP, TRACKER)), line);
        List<String> command = List.of(
                Stack.HOME.resolve("pbts").toString(),
                "up",
                "--profile",
                "production",
                "--port",
                String.valueOf(published.get(HTTP)),
                "--announce-port",
                String.valueOf(published.get(TRACKER)),
                "--data-dir",
                data.toString());
        containers.start(
                line.value("--name"),
                new Container.Launch(command, Map.of("PBTS_NO_BUILD", "1"), Map.of(), List.of("true"), "TERM"));
    }

    private void stop(List<String> names) {
        require(names.size() == 1 && containers.find(names.getFirst()).isPresent(), names);
        containers.stop(names.getFirst());
        published.clear();
    }

    @Override
    public Map<String, StandIns.Program> programs() {
        return Map.of("docker", this);
    }

    @Override
    public synchronized OptionalInt published(String address) {
        return published.entrySet().stream()
                .filter(port -> address.equals("localhost:" + port.getKey()))
                .mapToInt(Map.Entry::getValue)
                .findFirst();
    }

    /** Where members ask. */
    Http gateway() {
        return at(HTTP);
    }

    /** Where clients announce directly. */
    Http tracker() {
        return at(TRACKER);
    }

    private Http at(int port) {
        return new Http(
                URI.create("http://127.0.0.1:" + published("localhost:" + port).orElseThrow()));
    }

    private static void require(boolean known, Object command) {
        if (!known) {
            throw new StandIns.UnknownCommand("docker " + command);
        }
    }

    @Override
    public void close() {
        containers.close();
        doors.close();
    }
}
