package io.pbts.acceptance;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A template of pods with one container. Every field is either read here or known to say nothing to processes of one machine; any
 * other is refused, so that nothing is silently left out.
 */
record PodTemplate(JsonNode content) {
    private static final Set<String> OF_POD = Set.of(
            "automountServiceAccountToken",
            "containers",
            "enableServiceLinks",
            "restartPolicy",
            "securityContext",
            "terminationGracePeriodSeconds",
            "topologySpreadConstraints",
            "volumes");

    private static final Set<String> OF_CONTAINER = Set.of(
            "args",
            "command",
            "env",
            "image",
            "lifecycle",
            "livenessProbe",
            "name",
            "ports",
            "readinessProbe",
            "resources",
            "securityContext",
            "startupProbe",
            "volumeMounts");

    private static final int GRACE = 30;

    PodTemplate {
        requireKnown(OF_POD, content.path("spec"));
        content.at("/spec/containers").forEach(container -> requireKnown(OF_CONTAINER, container));
        if (content.at("/spec/containers").size() != 1) {
            throw new StandIns.UnknownCommand("pods of more than one container");
        }
    }

    /** Why a pod cannot start yet; a cluster tries again until it can. */
    static final class Waiting extends Exception {
        private static final long serialVersionUID = 1;

        Waiting(String reason) {
            super(reason);
        }
    }

    JsonNode container() {
        return content.at("/spec/containers/0");
    }

    JsonNode volumes() {
        return content.at("/spec/volumes");
    }

    String image() {
        return container().path("image").asString();
    }

    List<String> command() {
        return words("command");
    }

    List<String> args() {
        return words("args");
    }

    boolean isRestarted() {
        return switch (content.at("/spec/restartPolicy").asString("Always")) {
            case "Always" -> true;
            case "Never" -> false;
            default -> throw new StandIns.UnknownCommand("this policy of restarts in " + content);
        };
    }

    boolean isLabelled(Map<String, String> labels) {
        return ClusterObject.texts(content.at("/metadata/labels")).entrySet().containsAll(labels.entrySet());
    }

    /** How long connections may still come before the signal to stop. */
    Duration pause() {
        JsonNode lifecycle = container().path("lifecycle");
        requireKnown(Set.of("preStop"), lifecycle);
        requireKnown(Set.of("sleep"), lifecycle.path("preStop"));
        return Duration.ofSeconds(lifecycle.at("/preStop/sleep/seconds").asInt(0));
    }

    /** From the beginning of its end to SIGKILL. */
    Duration grace() {
        return Duration.ofSeconds(
                content.at("/spec/terminationGracePeriodSeconds").asInt(GRACE));
    }

    /** A port of the container by its number or its name. */
    int port(JsonNode port) {
        if (port.isInt()) {
            return port.asInt();
        }
        return container()
                .path("ports")
                .valueStream()
                .filter(each -> each.path("name").equals(port))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no port " + port + " in " + container()))
                .path("containerPort")
                .asInt();
    }

    /** Its settings with what they refer to. */
    Map<String, String> environment(ClusterObjects objects, String namespace) throws Waiting {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode setting : container().path("env")) {
            String value = setting.has("valueFrom")
                    ? referred(objects, namespace, setting.path("valueFrom"))
                    : setting.path("value").asString("");
            if (value.contains("$(")) {
                throw new StandIns.UnknownCommand("settings made of others: " + setting);
            }
            environment.put(setting.path("name").asString(), value);
        }
        return environment;
    }

    private static String referred(ClusterObjects objects, String namespace, JsonNode from) throws Waiting {
        requireKnown(Set.of("configMapKeyRef", "secretKeyRef"), from);
        String kind = from.has("secretKeyRef") ? "Secret" : "ConfigMap";
        JsonNode reference = from.has("secretKeyRef") ? from.path("secretKeyRef") : from.path("configMapKeyRef");
        requireKnown(Set.of("name", "key"), reference);
        byte[] value = value(
                objects,
                namespace,
                kind,
                reference.path("name").asString(),
                reference.path("key").asString());
        return new String(value, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** One value of a Secret or ConfigMap. */
    static byte[] value(ClusterObjects objects, String namespace, String kind, String name, String key) throws Waiting {
        ClusterObject object = objects.find(namespace, kind, name)
                .orElseThrow(() -> new Waiting("%s \"%s\" not found".formatted(kind, name)));
        byte[] value = ClusterObjects.data(object).get(key);
        if (value == null) {
            throw new Waiting("couldn't find key %s in %s %s".formatted(key, kind, name));
        }
        return value;
    }

    /** Fails when an object has other fields than these. */
    static void requireKnown(Set<String> known, JsonNode object) {
        Stream<String> names = object.propertyNames().stream();
        List<String> others = names.filter(name -> !known.contains(name)).toList();
        if (!others.isEmpty()) {
            throw new StandIns.UnknownCommand("fields " + others + " in " + object);
        }
    }

    private List<String> words(String field) {
        return container().path(field).valueStream().map(JsonNode::asString).toList();
    }
}
