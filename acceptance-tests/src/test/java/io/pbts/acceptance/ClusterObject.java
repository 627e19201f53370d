package io.pbts.acceptance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;

/** An object of a cluster, as its manifest says. */
record ClusterObject(JsonNode content) {
    /** Kinds that have no effect on processes of one machine. */
    static final Set<String> WITHOUT_EFFECT = Set.of("PodDisruptionBudget", "NetworkPolicy");

    private static final Set<String> KINDS =
            Set.of("Namespace", "ConfigMap", "Secret", "Service", "Deployment", "StatefulSet", "Job");

    ClusterObject {
        String kind = content.path("kind").asString("");
        if (!KINDS.contains(kind) && !WITHOUT_EFFECT.contains(kind)) {
            throw new StandIns.UnknownCommand("objects of kind " + kind);
        }
    }

    /** What tells it from others. */
    record Id(String namespace, String kind, String name) {
        @Override
        public String toString() {
            return kind.toLowerCase(Locale.ROOT) + "/" + name;
        }
    }

    /** All documents of a file of YAML. */
    static List<ClusterObject> read(String yaml) {
        Iterable<Object> documents = new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml);
        return StreamSupport.stream(documents.spliterator(), false)
                .map(document -> new ClusterObject(Stack.JSON.valueToTree(document)))
                .toList();
    }

    Id id() {
        return new Id(content.at("/metadata/namespace").asString(""), kind(), name());
    }

    String kind() {
        return content.path("kind").asString();
    }

    String name() {
        return content.at("/metadata/name").asString();
    }

    JsonNode spec() {
        return content.path("spec");
    }

    /** Of a Deployment, a StatefulSet or a Job. */
    JsonNode podTemplate() {
        return spec().path("template");
    }

    Map<String, String> labels() {
        return texts(content.at("/metadata/labels"));
    }

    /** Whether it has all of these. */
    boolean isLabelled(Map<String, String> labels) {
        return labels().entrySet().containsAll(labels.entrySet());
    }

    /** A map of texts by their names; empty when there is none. */
    static Map<String, String> texts(JsonNode map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map.propertyStream()
                .forEach(text -> texts.put(text.getKey(), text.getValue().asString()));
        return texts;
    }
}
