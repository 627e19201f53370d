package io.pbts.acceptance;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A Deployment or StatefulSet and its pods.
 *
 * @param pods all that it has, also those that are on their way out
 */
record Rollout(ClusterObject workload, List<Pod> pods) {

    /** One step of its controller towards what it says. Returns whether a further pod is to be started. */
    boolean step() {
        List<Pod> old = living(pod -> !pod.isOf(workload.podTemplate()));
        List<Pod> current = living(pod -> pod.isOf(workload.podTemplate()));
        sorted(current).limit(Math.max(0, current.size() - replicas())).forEach(Pod::terminate);
        if (isOneAfterTheOther()) {
            old.forEach(Pod::terminate);
            return pods.size() < replicas();
        }
        retire(old, current);
        return current.size() < replicas() && old.size() + current.size() < replicas() + maximum("maxSurge");
    }

    /** Whether all replicas are of the present template and take requests, and no older ones are left but those on their way out. */
    boolean isDone() {
        return living(_ -> true).size() == replicas()
                && living(pod -> pod.isReady() && pod.isOf(workload.podTemplate()))
                                .size()
                        == replicas();
    }

    /** As many of the old ones as can be done without, those that take no requests first. */
    private void retire(List<Pod> old, List<Pod> current) {
        int least = replicas() - maximum("maxUnavailable");
        int starting = current.stream().filter(pod -> !pod.isReady()).toList().size();
        int most = old.size() + current.size() - least - starting;
        int spare = living(Pod::isReady).size() - least;
        for (Pod pod : sorted(old).limit(Math.max(0, most)).toList()) {
            if (!pod.isReady() || spare-- > 0) {
                pod.terminate();
            }
        }
    }

    private static Stream<Pod> sorted(List<Pod> pods) {
        return pods.stream().sorted(Comparator.comparing(Pod::isReady));
    }

    private boolean isOneAfterTheOther() {
        return workload.kind().equals("StatefulSet")
                || workload.spec().at("/strategy/type").asString("").equals("Recreate");
    }

    private int replicas() {
        return workload.spec().path("replicas").asInt(1);
    }

    private int maximum(String field) {
        JsonNode maximum = workload.spec().at("/strategy/rollingUpdate/" + field);
        if (!maximum.isInt()) {
            throw new StandIns.UnknownCommand(workload.id() + " without a number for " + field);
        }
        return maximum.asInt();
    }

    private List<Pod> living(Predicate<Pod> which) {
        return pods.stream().filter(pod -> !pod.isTerminating()).filter(which).toList();
    }
}
