package io.pbts.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.deployment.Finding.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes that people make in manifests, each of which must be found, and found as what it is. */
class PlantedMistakesTest {
    private static final Manifests SOUND = Variant.PRODUCTION.render();

    private interface Edit {
        void spoil(Manifests manifests);
    }

    record Mistake(String name, Rule named, Edit edit) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Mistake> mistakes() {
        return List.of(
                new Mistake("TYPO_IN_A_FIELD", Rule.UNKNOWN_FIELD, all -> pod(all, "receipt-service")
                        .put("terminationGracePeriodSecond", 45)),
                new Mistake("TYPO_IN_A_CUSTOM_KIND", Rule.UNKNOWN_FIELD, all -> spec(all, "Cluster", "pbts-postgres")
                        .put("instance", 3)),
                new Mistake("PROBE_LEFT_OUT", Rule.MISSING_PROBE, all -> container(all, "gateway-service")
                        .remove("readinessProbe")),
                new Mistake("PROBE_AT_THE_PUBLIC_PORT", Rule.PROBE_AT_ANOTHER_PORT, all -> map(containerTree(
                                        all, "gateway-service")
                                .at("livenessProbe", "httpGet"))
                        .put("port", "http")),
                new Mistake("SERVICE_TO_A_PORT_THAT_NOBODY_OPENS", Rule.WRONG_PORT, all -> map(tree(
                                        all, "Service", "receipt-service")
                                .at("spec", "ports", "0"))
                        .put("targetPort", "web")),
                new Mistake(
                        "URL_WITH_THE_WRONG_PORT",
                        Rule.WRONG_PORT,
                        all -> variable(
                                all, "receipt-service", "PBTS_REPUTATION_URL", "http://reputation-service:8083")),
                new Mistake("SELECTOR_OF_OTHER_PODS", Rule.SELECTOR_MISMATCH, all -> map(tree(
                                        all, "Service", "contract-service")
                                .at("spec", "selector"))
                        .put("app.kubernetes.io/name", "contracts")),
                new Mistake("ROOT_USER", Rule.ROOT, all -> securityContext(all, "announce-service")
                        .put("runAsUser", 0)),
                new Mistake("WRITABLE_ROOT", Rule.WRITABLE_ROOT, all -> securityContext(all, "announce-service")
                        .put("readOnlyRootFilesystem", false)),
                new Mistake("CAPABILITIES_KEPT", Rule.PRIVILEGES, all -> securityContext(all, "contract-service")
                        .remove("capabilities")),
                new Mistake(
                        "EVERYBODY_LET_IN", Rule.OPEN_NETWORK, all -> map(tree(all, "NetworkPolicy", "contract-service")
                                        .at("spec", "ingress", "0"))
                                .remove("from")),
                new Mistake("NO_DEFAULT_DENY", Rule.OPEN_NETWORK, all -> spec(all, "NetworkPolicy", "default-deny")
                        .put("policyTypes", List.of("Ingress"))),
                new Mistake("CHAIN_REACHED_BY_ANOTHER", Rule.CHAIN_REACHABLE, all -> map(tree(
                                        all, "NetworkPolicy", "contract-service")
                                .at("spec", "podSelector", "matchLabels"))
                        .put("app.kubernetes.io/name", "receipt-service")),
                new Mistake("ROAD_CLOSED", Rule.CLOSED_ROAD, all -> spec(all, "NetworkPolicy", "reputation-service")
                        .put("ingress", List.of())),
                new Mistake(
                        "UNKNOWN_SECRET", Rule.UNKNOWN_REFERENCE, all -> map(tree(all, "Deployment", "receipt-service")
                                        .at("spec", "template", "spec", "volumes", "1", "secret"))
                                .put("secretName", "receipts")),
                new Mistake(
                        "UNKNOWN_SETTING",
                        Rule.UNKNOWN_SETTING,
                        all -> variable(all, "reputation-service", "PBTS_MINIMUM_RATIO", "0.5")),
                new Mistake("OWNERS_PASSWORD_IN_A_SERVICE", Rule.PRIVILEGES, all -> map(tree(
                                        all, "Deployment", "receipt-service")
                                .at("spec", "template", "spec", "volumes", "1", "secret", "items", "0"))
                        .put("key", "pbts.db.owner-password")),
                new Mistake("NO_MEMORY_LIMIT", Rule.MISSING_LIMITS, all -> map(containerTree(all, "receipt-service")
                                .at("resources"))
                        .remove("limits")),
                new Mistake("AUTOSCALER_OF_NOTHING", Rule.AUTOSCALER_OF_NOTHING, all -> map(tree(
                                        all, "HorizontalPodAutoscaler", "gateway-service")
                                .at("spec", "scaleTargetRef"))
                        .put("name", "gateway")),
                new Mistake("BUDGET_OF_NOTHING", Rule.BUDGET_OF_NOTHING, all -> map(tree(
                                        all, "PodDisruptionBudget", "announce-service")
                                .at("spec", "selector", "matchLabels"))
                        .put("app.kubernetes.io/name", "announce")),
                new Mistake(
                        "IMAGE_WITHOUT_VERSION", Rule.IMAGE_WITHOUT_VERSION, all -> container(all, "gateway-service")
                                .put("image", "pbts/gateway-service")),
                new Mistake("IMAGE_OF_THE_DAY", Rule.IMAGE_WITHOUT_VERSION, all -> container(all, "gateway-service")
                        .put("image", "pbts/gateway-service:latest")),
                new Mistake("KILLED_WHILE_IT_DRAINS", Rule.SHUTDOWN_TOO_SHORT, all -> pod(all, "receipt-service")
                        .put("terminationGracePeriodSeconds", 10)),
                new Mistake("EDGE_TO_NOTHING", Rule.UNKNOWN_BACKEND, all -> map(tree(all, "Ingress", "gateway")
                                .at("spec", "rules", "0", "http", "paths", "0", "backend", "service"))
                        .put("name", "gateway")));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isFoundByItsName(Mistake mistake) {
        Manifests spoiled = SOUND.copy();
        mistake.edit().spoil(spoiled);
        assertThat(Variant.findings(spoiled)).extracting(Finding::rule).contains(mistake.named());
    }

    private static Tree tree(Manifests all, String kind, String name) {
        return all.find(kind, name).orElseThrow().content();
    }

    private static Map<String, Object> map(Tree tree) {
        return Kustomize.asMap(tree);
    }

    private static Map<String, Object> spec(Manifests all, String kind, String name) {
        return map(tree(all, kind, name).at("spec"));
    }

    private static Map<String, Object> pod(Manifests all, String service) {
        return map(tree(all, "Deployment", service).at("spec", "template", "spec"));
    }

    private static Tree containerTree(Manifests all, String service) {
        return tree(all, "Deployment", service).at("spec", "template", "spec", "containers", "0");
    }

    private static Map<String, Object> container(Manifests all, String service) {
        return map(containerTree(all, service));
    }

    private static Map<String, Object> securityContext(Manifests all, String service) {
        return map(containerTree(all, service).at("securityContext"));
    }

    private static void variable(Manifests all, String service, String name, String value) {
        List<Tree> variables = containerTree(all, service).at("env").items();
        Tree changed = variables.stream()
                .filter(variable -> variable.at("name").is(name))
                .findFirst()
                .orElse(variables.getFirst());
        map(changed).put("name", name);
        map(changed).put("value", value);
    }
}
