package io.pbts.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One object of a rendered variant. */
record Manifest(Tree content) {
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "Job");

    String kind() {
        return content.at("kind").text();
    }

    String name() {
        return content.at("metadata", "name").text();
    }

    String id() {
        return kind() + "/" + name();
    }

    boolean isWorkload() {
        return WORKLOADS.contains(kind());
    }

    /** Whether it runs until it is told to stop. */
    boolean isServer() {
        return isWorkload() && !kind().equals("Job");
    }

    Tree pod() {
        return content.at("spec", "template", "spec");
    }

    Map<String, String> podLabels() {
        return content.at("spec", "template", "metadata", "labels").labels();
    }

    /** All containers, those that run first included. */
    List<Tree> containers() {
        if (!isWorkload()) {
            return List.of();
        }
        List<Tree> all = new ArrayList<>(pod().at("initContainers").items());
        all.addAll(pod().at("containers").items());
        return all;
    }

    /** The service of the suite whose image a container runs, such as {@code receipt-service}; empty for another image. */
    static String serviceOf(Tree container) {
        String image = container.at("image").text().replaceFirst(":[^/]*$", "");
        return image.startsWith("pbts/") && image.endsWith("-service") ? image.substring("pbts/".length()) : "";
    }
}
