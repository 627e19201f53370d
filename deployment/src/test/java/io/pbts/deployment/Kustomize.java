package io.pbts.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Renders a folder as {@code kubectl kustomize} does, as far as this repository uses it: resources, components, generated
 * config maps, JSON patches, images, replicas, namespace and labels. Everything else in a kustomization is refused, so that
 * nothing is silently left out of what the tests judge.
 */
final class Kustomize {
    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "namespace",
            "labels",
            "resources",
            "components",
            "generatorOptions",
            "configMapGenerator",
            "patches",
            "images",
            "replicas");

    /** Kinds that stand in no namespace. */
    private static final Set<String> CLUSTER_WIDE = Set.of("Namespace");

    private final List<Manifest> manifests = new ArrayList<>();

    static Manifests render(Path folder) {
        var rendering = new Kustomize();
        rendering.accumulate(folder, true);
        return new Manifests(rendering.manifests);
    }

    /** A folder with further components upon it, as an overlay of one's own would name them. */
    static Manifests render(Path folder, List<Path> components) {
        var rendering = new Kustomize();
        rendering.accumulate(folder, true);
        components.forEach(component -> rendering.accumulate(component, false));
        rendering.setNamespace(new Tree("pbts"));
        return new Manifests(rendering.manifests);
    }

    private void accumulate(Path folder, boolean apart) {
        Tree file = Checkout.documents(Checkout.text(folder.resolve("kustomization.yaml")))
                .getFirst();
        file.fields().keySet().forEach(field -> require(KNOWN.contains(field), folder + " has " + field));
        require(
                file.at("kind").text().equals(apart ? "Kustomization" : "Component"),
                folder + " is a " + file.at("kind").text());
        file.at("resources").items().forEach(resource -> addResource(folder.resolve(resource.text())));
        file.at("components")
                .items()
                .forEach(
                        component -> accumulate(folder.resolve(component.text()).normalize(), false));
        file.at("configMapGenerator").items().forEach(generator -> generate(folder, file, generator));
        file.at("patches").items().forEach(this::patch);
        setNamespace(file.at("namespace"));
        file.at("labels").items().forEach(this::label);
        file.at("images").items().forEach(this::tag);
        file.at("replicas").items().forEach(this::scale);
    }

    private void addResource(Path resource) {
        Path path = resource.normalize();
        if (Files.isDirectory(path)) {
            var below = new Kustomize();
            below.accumulate(path, true);
            below.manifests.forEach(this::add);
            return;
        }
        Checkout.documents(Checkout.text(path)).forEach(document -> add(new Manifest(document)));
    }

    private void add(Manifest manifest) {
        require(
                manifests.stream().noneMatch(other -> other.id().equals(manifest.id())),
                manifest.id() + " stands there twice");
        manifests.add(manifest);
    }

    private void generate(Path folder, Tree file, Tree generator) {
        require(
                file.at("generatorOptions", "disableNameSuffixHash").is(true),
                folder + " generates names, which this renderer does not");
        require(
                Set.of("name", "behavior", "literals", "files", "options")
                        .containsAll(generator.fields().keySet()),
                folder + " has a generator with " + generator.fields().keySet());
        var data = new LinkedHashMap<String, Object>();
        for (Tree literal : generator.at("literals").items()) {
            String[] parts = literal.text().split("=", 2);
            require(parts.length == 2, "no literal: " + literal.text());
            data.put(parts[0], parts[1]);
        }
        for (Tree name : generator.at("files").items()) {
            data.put(Path.of(name.text()).getFileName().toString(), contentOf(folder.resolve(name.text())));
        }
        String name = generator.at("name").text();
        if (generator.at("behavior").text().equals("merge")) {
            Tree present = one("ConfigMap", name).content().at("data");
            asMap(present).putAll(data);
            return;
        }
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", name);
        if (generator.at("options", "labels").exists()) {
            metadata.put("labels", generator.at("options", "labels").copy().value());
        }
        var map = new LinkedHashMap<String, Object>();
        map.put("apiVersion", "v1");
        map.put("kind", "ConfigMap");
        map.put("metadata", metadata);
        map.put("data", data);
        add(new Manifest(new Tree(map)));
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file.normalize());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void patch(Tree patch) {
        require(
                patch.fields().keySet().equals(Set.of("target", "patch"))
                        && patch.at("target").fields().keySet().equals(Set.of("kind", "name")),
                "a patch has target (kind, name) and patch");
        Manifest target = one(
                patch.at("target", "kind").text(), patch.at("target", "name").text());
        for (Tree operation :
                Checkout.documents(patch.at("patch").text()).getFirst().items()) {
            JsonPatch.apply(target.content(), operation);
        }
    }

    private void setNamespace(Tree namespace) {
        if (namespace.exists()) {
            manifests.stream()
                    .filter(manifest -> !CLUSTER_WIDE.contains(manifest.kind()))
                    .forEach(
                            manifest -> asMap(manifest.content().at("metadata")).put("namespace", namespace.text()));
        }
    }

    private void label(Tree labels) {
        require(
                Set.of("pairs", "includeTemplates").equals(labels.fields().keySet())
                        && labels.at("includeTemplates").is(true),
                "labels have pairs and includeTemplates, and no selectors");
        for (Manifest manifest : manifests) {
            addLabels(asMap(manifest.content().at("metadata")), labels.at("pairs"));
            Tree template = manifest.content().at("spec", "template");
            if (manifest.isWorkload()) {
                addLabels(JsonPatch.child(asMap(template), "metadata"), labels.at("pairs"));
            }
            manifest.content()
                    .at("spec", "volumeClaimTemplates")
                    .items()
                    .forEach(claim -> addLabels(asMap(claim.at("metadata")), labels.at("pairs")));
        }
    }

    private static void addLabels(Map<String, Object> metadata, Tree pairs) {
        Map<String, Object> present = JsonPatch.child(metadata, "labels");
        pairs.labels().forEach(present::put);
    }

    private void tag(Tree image) {
        require(Set.of("name", "newTag").equals(image.fields().keySet()), "images have name and newTag");
        for (Manifest manifest : manifests) {
            for (Tree container : manifest.containers()) {
                String name = container.at("image").text().replaceFirst(":[^/]*$", "");
                if (name.equals(image.at("name").text())) {
                    asMap(container)
                            .put("image", name + ":" + image.at("newTag").text());
                }
            }
        }
    }

    private void scale(Tree replicas) {
        List<Manifest> scaled = manifests.stream()
                .filter(manifest -> Set.of("Deployment", "StatefulSet").contains(manifest.kind())
                        && manifest.name().equals(replicas.at("name").text()))
                .toList();
        require(
                scaled.size() == 1,
                "replicas of nothing: " + replicas.at("name").text());
        asMap(scaled.getFirst().content().at("spec"))
                .put("replicas", replicas.at("count").number());
    }

    private Manifest one(String kind, String name) {
        return manifests.stream()
                .filter(manifest ->
                        manifest.kind().equals(kind) && manifest.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no %s %s".formatted(kind, name)));
    }

    @SuppressWarnings("unchecked") // every map of a document has texts as keys
    static Map<String, Object> asMap(Tree tree) {
        return (Map<String, Object>) tree.value();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
