package io.pbts.acceptance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the containers of a cluster's pods are on this machine: their images' programs, with addresses and folders that are here. */
final class Kubelet {
    /** Where the images look for what the manifests mount there. */
    private static final String SECRETS = "/run/secrets/pbts";

    private static final String DATABASE = "/var/lib/postgresql/18/docker";
    private static final int DATABASE_PORT = 5432;

    private final Path folder;
    private final Images images;
    private final Doors doors;
    private final Programs programs;
    private final ClusterObjects objects;

    /** @param folder for what pods and programs keep */
    Kubelet(Path folder, Images images, Doors doors, ClusterObjects objects) {
        this.folder = folder;
        this.images = images;
        this.doors = doors;
        this.programs = new Programs(folder);
        this.objects = objects;
    }

    ClusterObjects objects() {
        return objects;
    }

    Path logs() {
        return folder.resolve("logs");
    }

    /** The folders of a pod; those of its claims are there again for the next of its name. */
    PodVolumes volumes(String pod, PodTemplate template, List<String> claims) {
        Map<String, Path> kept = new LinkedHashMap<>();
        claims.forEach(claim -> kept.put(claim, claims().resolve(claim + "-" + pod)));
        return new PodVolumes(folder.resolve("pods").resolve(pod), template, kept);
    }

    /** Where the data of claims are. */
    Path claims() {
        return folder.resolve("claims");
    }

    /** Its settings, those that name others of the network with where they are here. */
    Map<String, String> environment(PodTemplate template, String namespace) throws PodTemplate.Waiting {
        Map<String, String> environment = template.environment(objects, namespace);
        environment.replaceAll((_, value) -> doors.resolved(value));
        String host = environment.get("PGHOST");
        if (host != null) {
            environment.put("PGHOST", "127.0.0.1");
            environment.put("PGPORT", String.valueOf(doors.port(host, DATABASE_PORT)));
        }
        return environment;
    }

    Container.Launch launch(PodTemplate template, PodVolumes volumes, Map<String, String> environment)
            throws PodTemplate.Waiting {
        String image = template.image();
        boolean isPostgres = image.startsWith("postgres:");
        boolean isValkey = image.startsWith("valkey/valkey:");
        if (!isPostgres && !isValkey && !images.has(image)) {
            throw new PodTemplate.Waiting("ImagePullBackOff: there is no image " + image);
        }
        if (!template.command().isEmpty()) {
            var inside = inside(volumes, environment, Map.of());
            return new Container.Launch(
                    inside.command(template.command()), Map.of(), Map.of(), List.of("true"), "TERM");
        }
        if (isPostgres) {
            return programs.postgres(volumes.at(DATABASE), environment, template.args());
        }
        if (isValkey) {
            return programs.valkey(template.args().stream().skip(1).toList());
        }
        return launch(images.find(image), template, volumes, environment);
    }

    private Container.Launch launch(
            Images.Image image, PodTemplate template, PodVolumes volumes, Map<String, String> environment) {
        if (!template.args().isEmpty()) {
            throw new StandIns.UnknownCommand("arguments for " + template.image());
        }
        return switch (image.target()) {
            case "service" ->
                programs.service(
                        image.service(),
                        image.folder(),
                        environment,
                        volumes.at(environment.getOrDefault("PBTS_SECRETS_DIR", SECRETS)));
            case "chain" -> programs.chain();
            default -> throw new StandIns.UnknownCommand("pods of the image " + image);
        };
    }

    /** How a command is run in a container with these settings, folders and ports. */
    static Probe.Inside inside(PodVolumes volumes, Map<String, String> environment, Map<Integer, Integer> ports) {
        return words -> {
            List<String> command = new ArrayList<>(List.of("env"));
            command.add("PATH=%s:%s".formatted(Programs.clients(), System.getenv("PATH")));
            environment.forEach((name, value) -> command.add(name + "=" + value));
            if (ports.containsKey(DATABASE_PORT)) {
                command.add("PGPORT=" + ports.get(DATABASE_PORT));
            }
            words.forEach(word -> command.add(volumes.mapped(word)));
            return command;
        };
    }
}
