package io.pbts.acceptance;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server of a cluster's interface keeps, with its rules about what may be there. */
final class ClusterObjects {
    /** What the server answers instead of doing it. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String why) {
            super("Error from server: " + why);
        }
    }

    private final Map<ClusterObject.Id, ClusterObject> objects = new LinkedHashMap<>();
    /** The keys of data that each object was applied with, by which the next apply knows what to take out. */
    private final Map<ClusterObject.Id, Set<String>> applied = new LinkedHashMap<>();

    /** Adds what is not there. Returns what kubectl prints. */
    synchronized String create(ClusterObject object) {
        if (objects.containsKey(object.id())) {
            throw new Refused("(AlreadyExists): \"%s\" already exists".formatted(object.id()));
        }
        requireNamespace(object);
        objects.put(object.id(), object);
        return object.id() + " created";
    }

    /** Adds it, or makes what is there like it. Returns what kubectl prints. */
    synchronized String apply(ClusterObject object) {
        requireNamespace(object);
        ClusterObject before = objects.get(object.id());
        ClusterObject next = before == null ? object : merged(before, object);
        if (before != null
                && before.kind().equals("Job")
                && !before.podTemplate().equals(next.podTemplate())) {
            throw new Refused("The Job \"%s\" is invalid: spec.template: field is immutable".formatted(object.name()));
        }
        applied.put(object.id(), keys(object));
        objects.put(object.id(), next);
        return object.id() + (before == null ? " created" : before.equals(next) ? " unchanged" : " configured");
    }

    synchronized void replace(ClusterObject object) {
        objects.put(object.id(), object);
    }

    synchronized boolean delete(ClusterObject.Id id) {
        applied.remove(id);
        return objects.remove(id) != null;
    }

    synchronized void clear() {
        objects.clear();
        applied.clear();
    }

    synchronized List<ClusterObject> of(String kind) {
        return objects.values().stream()
                .filter(object -> object.kind().equals(kind))
                .toList();
    }

    synchronized Optional<ClusterObject> find(String namespace, String kind, String name) {
        return Optional.ofNullable(objects.get(new ClusterObject.Id(namespace, kind, name)));
    }

    /** The same, which must be there. */
    ClusterObject get(String namespace, String kind, String name) {
        return find(namespace, kind, name)
                .orElseThrow(() -> new Refused("(NotFound): %s \"%s\" not found".formatted(kind, name)));
    }

    /** The data of a Secret or a ConfigMap by their keys. */
    static Map<String, byte[]> data(ClusterObject object) {
        Map<String, byte[]> data = new LinkedHashMap<>();
        ClusterObject.texts(object.content().path("data"))
                .forEach((key, text) -> data.put(
                        key,
                        object.kind().equals("Secret")
                                ? Base64.getDecoder().decode(text)
                                : text.getBytes(StandardCharsets.UTF_8)));
        return data;
    }

    private void requireNamespace(ClusterObject object) {
        String namespace = object.id().namespace();
        if (!object.kind().equals("Namespace")
                && find("", "Namespace", namespace).isEmpty()) {
            throw new Refused("(NotFound): namespaces \"%s\" not found".formatted(namespace));
        }
    }

    /** What was not applied before and stands there stays there. */
    private ClusterObject merged(ClusterObject before, ClusterObject object) {
        if (keys(object).isEmpty() && keys(before).isEmpty()) {
            return object;
        }
        var merged = (ObjectNode) object.content().deepCopy();
        ObjectNode data = merged.withObjectProperty("data");
        for (Map.Entry<String, JsonNode> present : before.content().path("data").properties()) {
            boolean isApplied = applied.getOrDefault(before.id(), Set.of()).contains(present.getKey());
            if (!data.has(present.getKey()) && !isApplied) {
                data.set(present.getKey(), present.getValue());
            }
        }
        return new ClusterObject(merged);
    }

    private static Set<String> keys(ClusterObject object) {
        return new HashSet<>(object.content().path("data").propertyNames());
    }
}
