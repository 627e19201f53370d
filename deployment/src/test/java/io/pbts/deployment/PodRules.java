package io.pbts.deployment;

import io.pbts.deployment.Finding.Rule;
import java.util.List;
import java.util.stream.Stream;

/** What must hold of each pod by itself: how it is secured, probed, bounded and stopped. */
final class PodRules {
    private PodRules() {}

    static Stream<Finding> check(Manifests manifests) {
        return manifests
                .workloads()
                .flatMap(workload -> Stream.concat(
                        ofPod(workload),
                        workload.containers().stream().flatMap(container -> ofContainer(workload, container))));
    }

    private static Stream<Finding> ofPod(Manifest workload) {
        Tree security = workload.pod().at("securityContext");
        boolean ordinary =
                security.at("runAsNonRoot").is(true) && security.at("runAsUser").number() > 0;
        boolean confined = security.at("seccompProfile", "type").is("RuntimeDefault")
                && workload.pod().at("automountServiceAccountToken").is(false)
                && !workload.pod().at("hostNetwork").is(true)
                && !workload.pod().at("hostPID").is(true);
        return Stream.of(
                        when(!ordinary, Rule.ROOT, workload, "runs as root"),
                        when(
                                !confined,
                                Rule.PRIVILEGES,
                                workload,
                                "has a token, no seccomp profile or the host's network"))
                .flatMap(found -> found);
    }

    private static Stream<Finding> ofContainer(Manifest workload, Tree container) {
        Tree security = container.at("securityContext");
        String image = container.at("image").text();
        Tree resources = container.at("resources");
        boolean bounded = resources.at("limits", "memory").exists()
                && resources.at("requests", "memory").exists()
                && resources.at("requests", "cpu").exists();
        boolean bare = security.at("allowPrivilegeEscalation").is(false)
                && !security.at("privileged").is(true)
                && security.at("capabilities", "drop").items().contains(new Tree("ALL"))
                && !security.at("capabilities", "add").exists();
        boolean ordinary =
                !security.at("runAsUser").is(0) && !security.at("runAsNonRoot").is(false);
        return Stream.of(
                        when(
                                !image.matches("[^:@]+(:(?!latest)[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})"),
                                Rule.IMAGE_WITHOUT_VERSION,
                                workload,
                                image),
                        when(!bounded, Rule.MISSING_LIMITS, workload, "has no memory limit, or no requests"),
                        when(
                                !security.at("readOnlyRootFilesystem").is(true),
                                Rule.WRITABLE_ROOT,
                                workload,
                                "can write to its root"),
                        when(!bare, Rule.PRIVILEGES, workload, "keeps capabilities or may gain rights"),
                        when(!ordinary, Rule.ROOT, workload, "runs as root"),
                        workload.isServer() ? probes(workload, container) : Stream.<Finding>empty(),
                        workload.isServer() && !Manifest.serviceOf(container).isEmpty()
                                ? shutdown(workload, container)
                                : Stream.<Finding>empty())
                .flatMap(found -> found);
    }

    private static Stream<Finding> probes(Manifest workload, Tree container) {
        boolean ours = !Manifest.serviceOf(container).isEmpty();
        return Stream.of("startupProbe", "livenessProbe", "readinessProbe").flatMap(probe -> {
            Tree found = container.at(probe);
            if (!found.exists()) {
                return when(true, Rule.MISSING_PROBE, workload, "has no " + probe);
            }
            String path = "/actuator/health/" + (probe.equals("readinessProbe") ? "readiness" : "liveness");
            boolean right = !ours
                    || (found.at("httpGet", "port").is("management")
                            && found.at("httpGet", "path").is(path)
                            && managementPort(container));
            return when(!right, Rule.PROBE_AT_ANOTHER_PORT, workload, probe + " does not ask " + path);
        });
    }

    private static boolean managementPort(Tree container) {
        String number = String.valueOf(ServiceFacts.MANAGEMENT_PORT);
        boolean opened = container.at("ports").items().stream()
                .anyMatch(port -> port.at("name").is("management")
                        && port.at("containerPort").text().equals(number));
        return opened
                && container.at("env").items().stream()
                        .anyMatch(variable -> variable.at("name").is("MANAGEMENT_SERVER_PORT")
                                && variable.at("value").text().equals(number));
    }

    /** The kubelet counts the pause before the stop, too; two phases of the shutdown may take their whole time. */
    private static Stream<Finding> shutdown(Manifest workload, Tree container) {
        int pause = container.at("lifecycle", "preStop", "sleep", "seconds").number();
        int given = workload.pod().at("terminationGracePeriodSeconds").number();
        List<String> wrong = pause < 1 ? List.of("has no pause before it stops") : List.of();
        return Stream.concat(
                wrong.stream().map(what -> new Finding(Rule.SHUTDOWN_TOO_SHORT, workload.id(), what)),
                when(
                        given <= pause + 2 * ServiceFacts.shutdownSeconds(),
                        Rule.SHUTDOWN_TOO_SHORT,
                        workload,
                        "is killed while it still drains"));
    }

    private static Stream<Finding> when(boolean wrong, Rule rule, Manifest manifest, String what) {
        return wrong ? Stream.of(new Finding(rule, manifest.id(), what)) : Stream.empty();
    }
}
