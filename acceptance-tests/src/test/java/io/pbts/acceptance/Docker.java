package io.pbts.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Docker and its Compose as the manual uses them, with folders for images and volumes and processes for containers. What is run
 * inside a container finds the container's paths at those of this machine; all of it runs as whoever runs the test.
 */
final class Docker implements StandIns.Program, Platform {
    private static final Duration ONE_SHOT = Duration.ofMinutes(2);
    /** What the Compose file publishes, and where its network has it. */
    private static final Map<String, Integer> PUBLISHED = Map.of("localhost:8000", 8000, "127.0.0.1:8005", 8005);

    private final Path folder;
    private final Images images;
    private final Containers containers;
    private final Doors doors;
    private final Programs programs;
    /** What each running container was made of: its image and its settings. */
    private final Map<String, Object> made = new HashMap<>();

    /** @param folder an empty one, for volumes and images */
    Docker(Path folder, Doors doors) {
        this.folder = folder;
        this.doors = doors;
        this.containers = new Containers(folder.resolve("logs"), doors);
        this.images = new Images(folder.resolve("images"), volume("secrets"));
        this.programs = new Programs(folder);
        // The users of the images do not exist here: everything belongs to whoever runs the test.
        Shell.run(
                        "mkdir",
                        "-p",
                        volume("secrets").toString(),
                        folder.resolve("bin").toString(),
                        folder.resolve("logs").toString(),
                        folder.resolve("images").toString())
                .succeeded();
        Shell.run("ln", "-s", "/bin/true", folder.resolve("bin/chown").toString())
                .succeeded();
    }

    @Override
    public synchronized String script(Path context, List<String> arguments) {
        int words = arguments.getFirst().equals("compose") ? 2 : 1;
        String command = String.join(" ", arguments.subList(0, words));
        List<String> rest = arguments.subList(words, arguments.size());
        return switch (command) {
            case "compose build" -> {
                require(rest.isEmpty(), arguments);
                ComposeFile file = ComposeFile.read(context);
                file.all().forEach(service -> build(file, context, service));
                yield "";
            }
            case "compose up" -> up(context, CommandLine.anywhere(rest, Set.of("--build", "--wait", "-d"), Set.of()));
            case "compose stop" -> {
                rest.forEach(service -> ComposeFile.read(context).service(service));
                rest.forEach(containers::stop);
                yield "";
            }
            case "compose run" ->
                run(
                        context,
                        CommandLine.leading(
                                rest, Set.of("--rm", "--build", "-T", "--no-deps"), Set.of("--entrypoint")));
            case "compose exec" -> exec(CommandLine.leading(rest, Set.of("-T"), Set.of()));
            default -> throw new StandIns.UnknownCommand("docker " + arguments);
        };
    }

    @Override
    public Map<String, StandIns.Program> programs() {
        return Map.of("docker", this);
    }

    @Override
    public String tracker() {
        return "announce-service";
    }

    @Override
    public OptionalInt published(String address) {
        Integer port = PUBLISHED.get(address);
        return port == null ? OptionalInt.empty() : OptionalInt.of(doors.port("gateway-service", port));
    }

    /** The end of the machine with its volumes; the chain is elsewhere. */
    @Override
    public synchronized void destroy() {
        for (String container : List.copyOf(made.keySet())) {
            if (!container.equals("anvil")) {
                containers.kill(container);
            }
        }
        for (String lost : List.of("secrets", "database")) {
            Shell.run("rm", "-rf", volume(lost).toString()).succeeded();
        }
        Shell.run("mkdir", volume("secrets").toString()).succeeded();
    }

    @Override
    public String superuserPassword() {
        return Shell.run("cat", volume("secrets").resolve("postgres").toString())
                .succeeded()
                .output();
    }

    @Override
    public void close() {
        containers.close();
    }

    private Path volume(String name) {
        return folder.resolve("volumes").resolve(name);
    }

    private String up(Path context, CommandLine line) {
        ComposeFile file = ComposeFile.read(context);
        List<String> waiting = new ArrayList<>();
        for (String service : line.words().isEmpty() ? file.all() : file.inOrder(line.words())) {
            if (line.has("--build") || isUnbuilt(file, service)) {
                build(file, context, service);
            }
            if (file.needs(service).stream().anyMatch(waiting::contains)) {
                waiting.forEach(containers::awaitReady);
                waiting.clear();
            }
            if (file.isOneShot(service)) {
                String once = script(environment(file, service), inside(service, file.command(service)));
                Shell.run(folder, ONE_SHOT, Map.of(), List.of("bash", "-c", once))
                        .succeeded();
            } else if (start(file, service)) {
                waiting.add(service);
            }
        }
        waiting.forEach(containers::awaitReady);
        return "";
    }

    /** Starts it, or makes it anew when its image or its settings have changed. Returns whether that was necessary. */
    private boolean start(ComposeFile file, String service) {
        Map<String, String> settings = file.environment(service);
        Object next = List.of(imageOf(file, service), settings);
        if (containers.find(service).isPresent() && next.equals(made.get(service))) {
            return false;
        }
        containers.stop(service);
        Map<String, String> resolved = new LinkedHashMap<>();
        settings.forEach((name, value) -> resolved.put(name, doors.resolved(value)));
        List<String> options = file.command(service).stream().skip(1).toList();
        Container.Launch launch =
                switch (service) {
                    case "postgres" -> {
                        resolved.put("POSTGRES_PASSWORD", superuserPassword());
                        yield programs.postgres(volume("database"), resolved, options);
                    }
                    case "valkey" -> programs.valkey(options);
                    case "anvil" -> programs.chain();
                    default ->
                        programs.service(
                                service,
                                images.find(tag(file, service)).folder(),
                                resolved,
                                volume("secrets").resolve(service));
                };
        containers.start(service, launch);
        made.put(service, next);
        return true;
    }

    private String run(Path context, CommandLine line) {
        ComposeFile file = ComposeFile.read(context);
        require(!line.words().isEmpty(), line);
        String service = line.words().getFirst();
        require(file.isOneShot(service), line);
        if (!line.has("--no-deps") && !file.needs(service).isEmpty()) {
            up(context, new CommandLine(Map.of(), file.needs(service)));
        }
        if (line.has("--build") || isUnbuilt(file, service)) {
            build(file, context, service);
        }
        List<String> command = new ArrayList<>();
        if (line.has("--entrypoint")) {
            command.add(line.value("--entrypoint"));
        } else {
            command.addAll(file.command(service));
        }
        command.addAll(line.words().subList(1, line.words().size()));
        return script(environment(file, service), inside(service, command));
    }

    private String exec(CommandLine line) {
        String service = line.words().getFirst();
        require(service.equals("postgres"), line);
        require(containers.find(service).isPresent(), line);
        return script(
                Map.of(), inside(service, line.words().subList(1, line.words().size())));
    }

    private void build(ComposeFile file, Path context, String service) {
        var build = file.service(service).path("build");
        if (!build.isMissingNode()) {
            images.build(
                    context,
                    build.path("target").asString(),
                    build.path("args").path("SERVICE").asString(""),
                    tag(file, service));
        }
    }

    private boolean isUnbuilt(ComposeFile file, String service) {
        return !file.service(service).path("build").isMissingNode() && !images.has(tag(file, service));
    }

    private Object imageOf(ComposeFile file, String service) {
        return file.service(service).path("build").isMissingNode() ? "" : images.find(tag(file, service));
    }

    private static String tag(ComposeFile file, String service) {
        return file.service(service).path("image").asString();
    }

    /** Settings of a container that runs a command: the database's host is a door, so its port is one too. */
    private Map<String, String> environment(ComposeFile file, String service) {
        Map<String, String> environment = new LinkedHashMap<>(file.environment(service));
        Optional.ofNullable(environment.get("PGHOST")).ifPresent(host -> {
            environment.put("PGHOST", "127.0.0.1");
            environment.put("PGPORT", String.valueOf(doors.port(host, 5432)));
        });
        return environment;
    }

    /** The command with this machine's paths in the place of the container's. */
    private List<String> inside(String service, List<String> command) {
        Map<String, String> paths = new LinkedHashMap<>();
        String secrets = volume("secrets").toString();
        if (service.equals("secrets")) {
            paths.put("(?<![\\w/])/secrets", secrets);
            paths.put(
                    "/opt/local-stack",
                    images.find("pbts/secrets:0.1.0").folder().toString());
        } else {
            paths.put("/run/secrets", secrets);
            paths.put("/deployment", Stack.HOME.resolve("db").toString());
        }
        List<String> mapped = new ArrayList<>(command);
        mapped.replaceAll(word -> {
            String found = word;
            for (var path : paths.entrySet()) {
                found = found.replaceAll(path.getKey(), path.getValue());
            }
            return found;
        });
        return mapped;
    }

    private String script(Map<String, String> environment, List<String> command) {
        List<String> words = new ArrayList<>(List.of("exec", "env"));
        words.add("PATH=%s:%s:%s/bin:%s"
                .formatted(
                        folder.resolve("bin"),
                        Programs.clients(),
                        System.getProperty("java.home"),
                        System.getenv("PATH")));
        words.add("PGPORT=" + doors.port("postgres", 5432));
        environment.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(command);
        return words.getFirst() + " " + StandIns.quoted(words.subList(1, words.size()));
    }

    private static void require(boolean known, Object what) {
        if (!known) {
            throw new StandIns.UnknownCommand("docker compose " + what);
        }
    }
}
