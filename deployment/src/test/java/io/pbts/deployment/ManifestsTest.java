package io.pbts.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManifestsTest {
    @ParameterizedTest
    @EnumSource
    void everyVariantIsWhatAClusterTakesAndEverythingInItFits(Variant variant) {
        assertThat(Variant.findings(variant.render())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyVariantRunsEveryServiceWithItsBudget(Variant variant) {
        Manifests manifests = variant.render();
        for (String service : ServiceFacts.SERVICES) {
            assertThat(manifests.find("Deployment", service)).as(service).isPresent();
            assertThat(manifests.find("PodDisruptionBudget", service))
                    .as(service)
                    .isPresent();
        }
        assertThat(manifests.of("Job").map(Manifest::name).collect(Collectors.toSet()))
                .isEqualTo(Set.of(
                        "bootstrap-database",
                        "migrate-announce-service",
                        "migrate-receipt-service",
                        "migrate-reputation-service",
                        "migrate-contract-service"));
    }

    /** An upgrade applies what has the label of the migrations first: jobs must not run with files or settings of the version before. */
    @ParameterizedTest
    @EnumSource
    void filesAndSettingsOfTheMigrationsComeWithThem(Variant variant) {
        Manifests manifests = variant.render();
        Set<String> named = manifests
                .of("Job")
                .flatMap(ManifestsTest::configMaps)
                .map(Tree::text)
                .collect(Collectors.toSet());
        assertThat(named).hasSizeGreaterThan(1);
        assertThat(named).allSatisfy(name -> assertThat(manifests
                        .find("ConfigMap", name)
                        .orElseThrow()
                        .content()
                        .at("metadata", "labels", "app.kubernetes.io/component")
                        .text())
                .as(name)
                .isEqualTo("migration"));
    }

    private static Stream<Tree> configMaps(Manifest job) {
        Stream<Tree> files = job.content().at("spec", "template", "spec", "volumes").items().stream()
                .map(volume -> volume.at("configMap", "name"));
        Stream<Tree> settings = job.containers().stream()
                .flatMap(container -> container.at("env").items().stream())
                .map(variable -> variable.at("valueFrom", "configMapKeyRef", "name"));
        return Stream.concat(files, settings).filter(Tree::exists);
    }

    /** So that nobody is debited by a service that can change its own schema. */
    @Test
    void runningServicesDoNotMigrate() {
        Variant.PRODUCTION.render().of("Deployment").forEach(service -> service.containers().stream()
                .filter(container -> ServiceFacts.SECRETS
                        .getOrDefault(Manifest.serviceOf(container), Set.of())
                        .contains("pbts.db.owner-password"))
                .forEach(container -> assertThat(container.at("env").items())
                        .as(service.name())
                        .anyMatch(variable -> variable.at("name").is("SPRING_FLYWAY_ENABLED")
                                && variable.at("value").is("false"))));
    }

    /** Several announce-services without a common store would each know a part of a swarm. */
    @Test
    void announceServiceRunsOnceUnlessSwarmsAreShared() {
        assertThat(Kustomize.render(Checkout.ROOT.resolve("k8s/base"))
                        .find("Deployment", "announce-service")
                        .orElseThrow()
                        .content()
                        .at("spec", "replicas")
                        .number())
                .isEqualTo(1);
        Tree shared = Variant.PRODUCTION
                .render()
                .find("Deployment", "announce-service")
                .orElseThrow()
                .content();
        assertThat(shared.at("spec", "replicas").number()).isEqualTo(2);
        assertThat(shared.at("spec", "template", "spec", "containers", "0", "env")
                        .items())
                .anyMatch(variable -> variable.at("name").is("PBTS_SWARM_STORE")
                        && variable.at("value").is("valkey"));
    }

    @Test
    void tracesLeaveEveryServiceAndNothingElseWhereTheyAreWantedOnly() {
        assertThat(Variant.PRODUCTION.render().find("NetworkPolicy", "traces")).isEmpty();
        Manifests traced = Variant.LOCAL_WATCHED.render();
        for (String service : ServiceFacts.SERVICES) {
            assertThat(variables(Variant.PRODUCTION.render(), service)).doesNotContain("PBTS_TRACES_URL");
            assertThat(variables(traced, service)).contains("PBTS_TRACES_URL", "PBTS_TRACES_SHARE");
        }
        Tree policy =
                traced.find("NetworkPolicy", "traces").orElseThrow().content().at("spec");
        assertThat(policy.at("podSelector", "matchExpressions", "0", "values").items())
                .extracting(Tree::text)
                .containsExactlyInAnyOrderElementsOf(ServiceFacts.SERVICES);
        URI collector = URI.create(traced.find("ConfigMap", "pbts-settings")
                .orElseThrow()
                .content()
                .at("data", "PBTS_TRACES_URL")
                .text());
        Tree way = policy.at("egress", "0");
        assertThat(collector.getHost())
                .endsWith("."
                        + way.at("to", "0", "namespaceSelector", "matchLabels", "kubernetes.io/metadata.name")
                                .text());
        assertThat(way.at("ports", "0", "port").number()).isEqualTo(collector.getPort());
    }

    private static List<String> variables(Manifests manifests, String service) {
        return manifests.find("Deployment", service).orElseThrow().containers().stream()
                .flatMap(container -> container.at("env").items().stream())
                .map(variable -> variable.at("name").text())
                .toList();
    }

    @Test
    void clientsReachTheTrackerOverBothProtocolsWithTheirOwnAddress() {
        Tree tracker = Variant.PRODUCTION
                .render()
                .find("Service", "tracker")
                .orElseThrow()
                .content()
                .at("spec");
        assertThat(tracker.at("externalTrafficPolicy").text()).isEqualTo("Local");
        assertThat(tracker.at("sessionAffinity").text()).isEqualTo("ClientIP");
        assertThat(tracker.at("ports").items())
                .extracting(port -> port.at("protocol").text())
                .containsExactlyInAnyOrder("TCP", "UDP");
    }
}
