package io.pbts.deployment;

import io.pbts.deployment.Finding.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Whatever one object says of another is true: secrets, settings, volumes, ports, selectors, targets. */
final class ReferenceRules {
    /** Secrets that somebody else makes: the database's operator, the edge's certificate issuer, the person who installs. */
    private static final Map<String, Set<String>> FOREIGN_SECRETS = Map.of(
            "postgres-superuser", Set.of("username", "password"),
            "pbts-postgres-superuser", Set.of("username", "password"));

    private final Manifests manifests;
    private final List<Finding> findings = new ArrayList<>();

    private ReferenceRules(Manifests manifests) {
        this.manifests = manifests;
    }

    static Stream<Finding> check(Manifests manifests) {
        var rules = new ReferenceRules(manifests);
        manifests.workloads().forEach(rules::workload);
        manifests.of("Service").forEach(rules::service);
        manifests.of("PodDisruptionBudget").forEach(rules::budget);
        manifests.of("HorizontalPodAutoscaler").forEach(rules::autoscaler);
        manifests.of("Ingress").forEach(rules::ingress);
        manifests.of("HTTPRoute").forEach(rules::route);
        return rules.findings.stream();
    }

    private void workload(Manifest workload) {
        if (workload.isServer()) {
            Map<String, String> selector =
                    workload.content().at("spec", "selector", "matchLabels").labels();
            require(
                    !selector.isEmpty() && workload.podLabels().entrySet().containsAll(selector.entrySet()),
                    Rule.SELECTOR_MISMATCH,
                    workload,
                    "does not select its own pods");
        }
        workload.pod()
                .at("topologySpreadConstraints")
                .items()
                .forEach(spread -> require(
                        workload.podLabels()
                                .entrySet()
                                .containsAll(spread.at("labelSelector", "matchLabels")
                                        .labels()
                                        .entrySet()),
                        Rule.SELECTOR_MISMATCH,
                        workload,
                        "spreads other pods than its own"));
        workload.pod().at("volumes").items().forEach(volume -> volume(workload, volume));
        for (Tree container : workload.containers()) {
            container
                    .at("volumeMounts")
                    .items()
                    .forEach(mount -> require(
                            volumes(workload).contains(mount.at("name").text()),
                            Rule.UNKNOWN_REFERENCE,
                            workload,
                            "mounts no volume " + mount.at("name").text()));
            container.at("env").items().forEach(variable -> variable(workload, container, variable));
            port(workload, container);
        }
    }

    private static List<String> volumes(Manifest workload) {
        return Stream.concat(
                        workload.pod().at("volumes").items().stream()
                                .map(volume -> volume.at("name").text()),
                        workload.content().at("spec", "volumeClaimTemplates").items().stream()
                                .map(claim -> claim.at("metadata", "name").text()))
                .toList();
    }

    private void volume(Manifest workload, Tree volume) {
        Tree secret = volume.at("secret");
        if (secret.exists()) {
            secretItems(workload, secret.at("secretName").text(), secret.at("items"));
        }
        if (volume.at("configMap").exists()) {
            settings(workload, volume.at("configMap", "name").text());
        }
        volume.at("projected", "sources")
                .items()
                .forEach(source ->
                        secretItems(workload, source.at("secret", "name").text(), source.at("secret", "items")));
    }

    /** A whole secret would give a running service its schema owner's password. */
    private void secretItems(Manifest workload, String name, Tree items) {
        require(!items.items().isEmpty(), Rule.UNKNOWN_REFERENCE, workload, "mounts all of the secret " + name);
        for (Tree item : items.items()) {
            secret(workload, name, item.at("key").text());
            require(
                    !workload.isServer() || !item.at("key").text().contains("owner"),
                    Rule.PRIVILEGES,
                    workload,
                    "has the password of its schema's owner");
        }
    }

    private void secret(Manifest workload, String name, String key) {
        Set<String> keys = FOREIGN_SECRETS.getOrDefault(name, ServiceFacts.SECRETS.getOrDefault(name, Set.of()));
        require(keys.contains(key), Rule.UNKNOWN_REFERENCE, workload, "no secret %s has %s".formatted(name, key));
    }

    private Tree settings(Manifest workload, String name) {
        var map = manifests.find("ConfigMap", name);
        require(map.isPresent(), Rule.UNKNOWN_REFERENCE, workload, "no config map " + name);
        return map.map(found -> found.content().at("data")).orElse(Tree.NOTHING);
    }

    private void variable(Manifest workload, Tree container, Tree variable) {
        String name = variable.at("name").text();
        String service = Manifest.serviceOf(container);
        if (!service.isEmpty()) {
            require(
                    new ServiceFacts(service).reads(name),
                    Rule.UNKNOWN_SETTING,
                    workload,
                    "%s does not read %s".formatted(service, name));
            require(
                    !variable.at("valueFrom", "secretKeyRef").exists(),
                    Rule.SECRET_IN_ENVIRONMENT,
                    workload,
                    name + " is a secret in the environment");
        }
        Tree setting = variable.at("valueFrom", "configMapKeyRef");
        if (setting.exists()) {
            String key = setting.at("key").text();
            require(
                    settings(workload, setting.at("name").text()).at(key).exists(),
                    Rule.UNKNOWN_REFERENCE,
                    workload,
                    "no setting " + key);
        }
        Tree secret = variable.at("valueFrom", "secretKeyRef");
        if (secret.exists()) {
            secret(workload, secret.at("name").text(), secret.at("key").text());
        }
    }

    private void port(Manifest workload, Tree container) {
        String service = Manifest.serviceOf(container);
        if (!service.isEmpty() && workload.isServer()) {
            require(
                    Ports.ofContainer(container)
                            .contains(new Ports.Port("http", new ServiceFacts(service).port(), "TCP")),
                    Rule.WRONG_PORT,
                    workload,
                    service + " listens elsewhere");
        }
    }

    private void service(Manifest service) {
        List<Manifest> behind =
                manifests.selected(service.content().at("spec", "selector").labels());
        require(
                behind.size() == 1 || isOperators(service),
                Rule.SELECTOR_MISMATCH,
                service,
                "selects %d workloads".formatted(behind.size()));
        for (Manifest workload : behind) {
            service.content()
                    .at("spec", "ports")
                    .items()
                    .forEach(port -> require(
                            Ports.of(workload).stream()
                                    .anyMatch(open -> open.is(
                                            port.at("targetPort").text(),
                                            port.at("protocol").text())),
                            Rule.WRONG_PORT,
                            service,
                            "leads to no port " + port.at("targetPort").text()));
        }
    }

    private static boolean isOperators(Manifest service) {
        return service.content().at("metadata", "labels", "cnpg.io/cluster").exists();
    }

    private void budget(Manifest budget) {
        require(
                manifests
                                .selected(budget.content()
                                        .at("spec", "selector", "matchLabels")
                                        .labels())
                                .size()
                        == 1,
                Rule.BUDGET_OF_NOTHING,
                budget,
                "selects nothing, or everything");
    }

    private void autoscaler(Manifest autoscaler) {
        Tree target = autoscaler.content().at("spec", "scaleTargetRef");
        boolean there = manifests
                .find(target.at("kind").text(), target.at("name").text())
                .filter(found -> !found.content().at("spec", "replicas").exists())
                .isPresent();
        require(there, Rule.AUTOSCALER_OF_NOTHING, autoscaler, "scales nothing, or what is scaled by hand");
    }

    private void ingress(Manifest ingress) {
        ingress.content().at("spec", "rules").items().forEach(rule -> rule.at("http", "paths")
                .items()
                .forEach(path -> {
                    Tree backend = path.at("backend", "service");
                    backend(
                            ingress,
                            backend.at("name").text(),
                            backend.at("port", "name").text());
                }));
    }

    private void route(Manifest route) {
        route.content().at("spec", "rules").items().forEach(rule -> rule.at("backendRefs")
                .items()
                .forEach(backend -> backend(
                        route, backend.at("name").text(), backend.at("port").text())));
    }

    private void backend(Manifest edge, String service, String port) {
        boolean there = manifests
                .find("Service", service)
                .filter(found -> found.content().at("spec", "ports").items().stream()
                        .anyMatch(open -> open.at("name").text().equals(port)
                                || open.at("port").text().equals(port)))
                .isPresent();
        require(there, Rule.UNKNOWN_BACKEND, edge, "no service %s with a port %s".formatted(service, port));
    }

    private void require(boolean holds, Rule rule, Manifest where, String otherwise) {
        if (!holds) {
            findings.add(new Finding(rule, where.id(), otherwise));
        }
    }
}
