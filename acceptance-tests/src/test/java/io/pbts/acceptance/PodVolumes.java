package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The folders that a pod's container finds at its mounts. Those of secrets and config maps are written as a kubelet writes them:
 * names are links through one link, {@code ..data}, which is replaced in one step when what they show has changed.
 */
final class PodVolumes {
    private static final int DEFAULT_MODE = 0644;

    private final Path folder;
    private final PodTemplate template;
    private final Map<String, Path> claims;
    private final Map<String, Map<String, byte[]>> written = new LinkedHashMap<>();

    /**
     * Nothing is written yet.
     *
     * @param folder an empty one
     * @param claims folders that outlive the pod, by the name of the volume
     */
    PodVolumes(Path folder, PodTemplate template, Map<String, Path> claims) {
        this.folder = folder;
        this.template = template;
        this.claims = claims;
    }

    /** Makes them as the objects are now. */
    void write(ClusterObjects objects, String namespace) throws PodTemplate.Waiting {
        for (JsonNode volume : template.volumes()) {
            String name = volume.path("name").asString();
            if (volume.has("emptyDir")) {
                make(folder.resolve(name));
                continue;
            }
            Map<String, byte[]> files = new LinkedHashMap<>();
            for (JsonNode source : sources(volume)) {
                files.putAll(files(objects, namespace, source));
            }
            if (!sameFiles(files, written.getOrDefault(name, Map.of()))) {
                show(files, folder.resolve(name), mode(volume));
                written.put(name, files);
            }
        }
    }

    /** Where a path of the container is on this machine; below no mount it goes with the pod. */
    Path at(String path) {
        return mounts().entrySet().stream()
                .filter(mount -> Path.of(path).startsWith(mount.getKey()))
                .findFirst()
                .map(mount -> mount.getValue().resolve(Path.of(mount.getKey()).relativize(Path.of(path))))
                .orElse(folder.resolve("root").resolve(path.substring(1)));
    }

    /** A word of a command with this machine's paths in the place of the container's. */
    String mapped(String word) {
        Map<String, Path> mounts = mounts();
        if (mounts.isEmpty()) {
            return word;
        }
        String any = mounts.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\w/.])(?:%s)(?![\\w.-])".formatted(any))
                .matcher(word)
                .replaceAll(found -> Matcher.quoteReplacement(String.valueOf(mounts.get(found.group()))));
    }

    /** Folders by the paths where they are mounted, longer paths first. */
    private Map<String, Path> mounts() {
        Map<String, Path> mounts = new LinkedHashMap<>();
        template.container()
                .path("volumeMounts")
                .valueStream()
                .sorted(Comparator.comparing(
                        (JsonNode mount) -> -mount.path("mountPath").asString().length()))
                .forEach(mount -> {
                    PodTemplate.requireKnown(Set.of("name", "mountPath", "readOnly"), mount);
                    String name = mount.path("name").asString();
                    mounts.put(mount.path("mountPath").asString(), claims.getOrDefault(name, folder.resolve(name)));
                });
        return mounts;
    }

    private static List<JsonNode> sources(JsonNode volume) {
        PodTemplate.requireKnown(Set.of("name", "secret", "configMap", "projected"), volume);
        return volume.has("projected")
                ? List.copyOf(volume.at("/projected/sources").values())
                : List.of(volume);
    }

    private static Map<String, byte[]> files(ClusterObjects objects, String namespace, JsonNode source)
            throws PodTemplate.Waiting {
        PodTemplate.requireKnown(Set.of("name", "secret", "configMap"), source);
        String kind = source.has("secret") ? "Secret" : "ConfigMap";
        JsonNode from = source.has("secret") ? source.path("secret") : source.path("configMap");
        PodTemplate.requireKnown(Set.of("name", "secretName", "items", "defaultMode"), from);
        String name = from.path("secretName").asString(from.path("name").asString(""));
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (!from.has("items")) {
            ClusterObject all = objects.find(namespace, kind, name)
                    .orElseThrow(() -> new PodTemplate.Waiting("%s \"%s\" not found".formatted(kind, name)));
            return ClusterObjects.data(all);
        }
        for (JsonNode item : from.path("items")) {
            PodTemplate.requireKnown(Set.of("key", "path"), item);
            files.put(
                    item.path("path").asString(),
                    PodTemplate.value(
                            objects, namespace, kind, name, item.path("key").asString()));
        }
        return files;
    }

    private static void show(Map<String, byte[]> files, Path volume, int mode) {
        try {
            make(volume);
            Path next = Files.createTempDirectory(volume, "..");
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                Path file = next.resolve(each.getKey());
                make(file.getParent());
                Files.write(file, each.getValue());
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions(mode)));
            }
            Path shown = volume.resolve("..data");
            Path before = Files.exists(shown) ? shown.toRealPath() : next;
            Path draft = Files.createSymbolicLink(volume.resolve("..data_tmp"), next.getFileName());
            Files.move(draft, shown, StandardCopyOption.ATOMIC_MOVE);
            for (String path : files.keySet()) {
                Path name = Path.of(path).getName(0);
                if (Files.notExists(volume.resolve(name))) {
                    Files.createSymbolicLink(
                            volume.resolve(name), Path.of("..data").resolve(name));
                }
            }
            if (!before.equals(next)) {
                Shell.run("rm", "-rf", before.toString()).succeeded();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int mode(JsonNode volume) {
        return volume.has("projected")
                ? volume.at("/projected/defaultMode").asInt(DEFAULT_MODE)
                : volume.path("secret").path("defaultMode").asInt(DEFAULT_MODE);
    }

    private static String permissions(int mode) {
        var permissions = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            permissions.append((mode >> bit & 1) == 1 ? "rwx".charAt((8 - bit) % 3) : '-');
        }
        return permissions.toString();
    }

    private static boolean sameFiles(Map<String, byte[]> one, Map<String, byte[]> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream()
                        .allMatch(file -> java.util.Arrays.equals(file.getValue(), other.get(file.getKey())));
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
