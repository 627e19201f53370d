package io.pbts.deployment;

import io.pbts.deployment.Finding.Rule;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What may talk to what: everything that the services' settings need, and nothing else. */
final class NetworkRules {
    /** Doors that strangers are meant to reach. */
    private static final Map<String, Set<String>> PUBLIC =
            Map.of("gateway-service", Set.of("http"), "announce-service", Set.of("tracker", "tracker-udp"));

    private final Manifests manifests;
    private final List<Manifest> policies;
    private final List<Finding> findings = new ArrayList<>();

    private NetworkRules(Manifests manifests) {
        this.manifests = manifests;
        this.policies = manifests.of("NetworkPolicy").toList();
    }

    static Stream<Finding> check(Manifests manifests) {
        var rules = new NetworkRules(manifests);
        rules.deniesByDefault();
        rules.policies.forEach(rules::policy);
        manifests.workloads().filter(Manifest::isServer).forEach(rules::roads);
        return rules.findings.stream();
    }

    private void deniesByDefault() {
        boolean denied = policies.stream()
                .anyMatch(policy ->
                        policy.content().at("spec", "podSelector").fields().isEmpty()
                                && directions(policy).containsAll(List.of("Ingress", "Egress"))
                                && !policy.content().at("spec", "ingress").exists()
                                && !policy.content().at("spec", "egress").exists());
        require(denied, Rule.OPEN_NETWORK, "NetworkPolicy", "nothing is denied by default");
    }

    private static List<String> directions(Manifest policy) {
        return policy.content().at("spec", "policyTypes").items().stream()
                .map(Tree::text)
                .toList();
    }

    private void policy(Manifest policy) {
        Map<String, String> selector =
                policy.content().at("spec", "podSelector", "matchLabels").labels();
        List<Manifest> meant = manifests.selected(selector);
        require(!meant.isEmpty() || isOperators(selector), Rule.SELECTOR_MISMATCH, policy.id(), "selects nothing");
        for (Tree rule : policy.content().at("spec", "ingress").items()) {
            boolean open = rule.at("from").items().isEmpty();
            for (Tree port : rule.at("ports").items()) {
                String name = port.at("port").text();
                require(
                        isOperators(selector) || meant.stream().anyMatch(workload -> opens(workload, port)),
                        Rule.WRONG_PORT,
                        policy.id(),
                        "lets in at no port " + name);
                require(
                        !open || meant.stream().allMatch(workload -> isPublic(workload, name)),
                        Rule.OPEN_NETWORK,
                        policy.id(),
                        "lets everybody in at " + name);
            }
            require(!rule.at("ports").items().isEmpty(), Rule.OPEN_NETWORK, policy.id(), "lets in at every port");
        }
        for (Tree rule : policy.content().at("spec", "egress").items()) {
            boolean named = !rule.at("to").items().isEmpty()
                    && !rule.at("ports").items().isEmpty();
            require(named, Rule.OPEN_NETWORK, policy.id(), "lets out to everywhere, or at every port");
            rule.at("to").items().forEach(to -> outside(policy, selector, to));
        }
    }

    /** Only contract-service leaves the cluster or reaches the development chain. */
    private void outside(Manifest policy, Map<String, String> selector, Tree to) {
        boolean contract = "contract-service".equals(selector.get("app.kubernetes.io/name"));
        boolean chain =
                to.at("podSelector", "matchLabels", "app.kubernetes.io/name").is("anvil");
        String block = to.at("ipBlock", "cidr").text();
        boolean near = block.matches("(10\\.|172\\.16\\.|192\\.168\\.).*");
        require(
                contract || (!chain && (block.isEmpty() || (near && isOperators(selector)))),
                Rule.CHAIN_REACHABLE,
                policy.id(),
                "leads to the chain or out of the cluster");
        if (!block.isEmpty() && !near) {
            require(
                    to.at("ipBlock", "except").items().contains(new Tree("10.0.0.0/8")),
                    Rule.OPEN_NETWORK,
                    policy.id(),
                    "leads to every address inside");
        }
    }

    private static boolean isOperators(Map<String, String> selector) {
        return selector.containsKey("cnpg.io/cluster");
    }

    private static boolean opens(Manifest workload, Tree port) {
        return Ports.of(workload).stream()
                .anyMatch(open ->
                        open.is(port.at("port").text(), port.at("protocol").text()));
    }

    private static boolean isPublic(Manifest workload, String port) {
        return PUBLIC.getOrDefault(workload.name(), Set.of()).contains(port);
    }

    /** Each URL in a workload's settings leads to a service, and both ends' policies let it pass. */
    private void roads(Manifest from) {
        for (Tree container : from.containers()) {
            for (Tree variable : container.at("env").items()) {
                String name = variable.at("name").text();
                String text = setting(variable);
                if (name.endsWith("_URL") && !name.equals("PBTS_PUBLIC_URL") && text.contains("://")) {
                    road(from, name, URI.create(text.replaceFirst("^jdbc:", "")));
                }
            }
        }
    }

    private String setting(Tree variable) {
        Tree reference = variable.at("valueFrom", "configMapKeyRef");
        return reference.exists()
                ? manifests
                        .find("ConfigMap", reference.at("name").text())
                        .map(map -> map.content()
                                .at("data", reference.at("key").text())
                                .text())
                        .orElse("")
                : variable.at("value").text();
    }

    private void road(Manifest from, String setting, URI uri) {
        if (uri.getHost().contains(".") || uri.getHost().startsWith("pbts-postgres-")) {
            return; // outside the cluster, or made by the database's operator
        }
        var service = manifests.find("Service", uri.getHost());
        List<Manifest> behind = service.map(found -> manifests.selected(
                        found.content().at("spec", "selector").labels()))
                .orElse(List.of());
        boolean listens = service.stream()
                .flatMap(found -> found.content().at("spec", "ports").items().stream())
                .anyMatch(port -> port.at("port").number() == uri.getPort());
        require(
                listens && !behind.isEmpty(),
                Rule.WRONG_PORT,
                from.id(),
                "%s leads nowhere: %s".formatted(setting, uri));
        for (Manifest to : behind) {
            require(
                    passes(from, to, uri.getPort()),
                    Rule.CLOSED_ROAD,
                    from.id(),
                    "may not reach %s:%d".formatted(to.name(), uri.getPort()));
        }
    }

    private boolean passes(Manifest from, Manifest to, int port) {
        return rules(from, "egress").anyMatch(rule -> names(rule.at("to"), to) && hasPort(rule, to, port))
                && rules(to, "ingress").anyMatch(rule -> names(rule.at("from"), from) && hasPort(rule, to, port));
    }

    private Stream<Tree> rules(Manifest workload, String direction) {
        return policies.stream()
                .filter(policy -> workload.podLabels()
                        .entrySet()
                        .containsAll(policy.content()
                                .at("spec", "podSelector", "matchLabels")
                                .labels()
                                .entrySet()))
                .flatMap(policy -> policy.content().at("spec", direction).items().stream());
    }

    private static boolean names(Tree peers, Manifest workload) {
        return peers.items().stream().anyMatch(peer -> {
            Map<String, String> labels = peer.at("podSelector", "matchLabels").labels();
            return !labels.isEmpty()
                    && !peer.at("namespaceSelector").exists()
                    && workload.podLabels().entrySet().containsAll(labels.entrySet());
        });
    }

    private static boolean hasPort(Tree rule, Manifest to, int number) {
        return rule.at("ports").items().stream()
                .map(port -> port.at("port").text())
                .anyMatch(wanted -> Ports.of(to).stream()
                        .anyMatch(open -> open.number() == number && open.is(wanted, open.protocol())));
    }

    private void require(boolean holds, Rule rule, String where, String otherwise) {
        if (!holds) {
            findings.add(new Finding(rule, where, otherwise));
        }
    }
}
