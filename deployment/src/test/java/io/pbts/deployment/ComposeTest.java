package io.pbts.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComposeTest {
    private static final Set<String> ONE_SHOT = Set.of("secrets", "bootstrap");

    private final Tree file =
            Checkout.documents(Checkout.text("docker-compose.yml")).getFirst();
    private final Map<String, Tree> services = file.at("services").fields();

    @Test
    void runsEveryServiceAndWhatTheyStandOn() {
        assertThat(services.keySet())
                .containsAll(ServiceFacts.SERVICES)
                .contains("postgres", "valkey", "anvil", "bootstrap", "secrets");
    }

    @Test
    void buildsStagesThatExistWithTheArgumentsThatTheyTake() {
        Dockerfile dockerfile = Dockerfile.read(Checkout.text("Dockerfile"));
        services.forEach((name, service) -> {
            if (service.at("build").exists()) {
                Dockerfile.Stage stage =
                        dockerfile.stage(service.at("build", "target").text());
                service.at("build", "args").fields().forEach((argument, value) -> assertThat(stage.all("ARG"))
                        .as(name)
                        .anyMatch(declared -> declared.rest().startsWith(argument + "=")));
                assertThat(service.at("image").text()).matches("pbts/[a-z-]+:\\d+\\.\\d+\\.\\d+");
            } else {
                assertThat(service.at("image").text()).as(name).matches("[a-z/]+:\\d+\\.\\d+\\S*");
            }
        });
        for (String service : ServiceFacts.SERVICES) {
            assertThat(services.get(service).at("build", "args", "SERVICE").text())
                    .isEqualTo(service);
        }
    }

    @Test
    void givesNoServiceASettingThatItDoesNotRead() {
        for (String service : ServiceFacts.SERVICES) {
            var facts = new ServiceFacts(service);
            assertThat(services.get(service).at("environment").fields().keySet())
                    .as(service)
                    .allMatch(facts::reads);
        }
    }

    @Test
    void namesInUrlsAreServicesOnACommonNetworkAndThePortsTheirs() {
        for (String service : ServiceFacts.SERVICES) {
            services.get(service).at("environment").fields().forEach((name, value) -> {
                String text = value.text().replaceAll("\\$\\{[A-Z_]+:-(.*?)}", "$1");
                if (name.endsWith("_URL") && !name.equals("PBTS_PUBLIC_URL") && !text.isEmpty()) {
                    URI uri = URI.create(text.replaceFirst("^jdbc:", ""));
                    assertThat(services).as("%s of %s", name, service).containsKey(uri.getHost());
                    assertThat(networks(uri.getHost()))
                            .as("%s of %s", name, service)
                            .containsAnyElementsOf(networks(service));
                    assertThat(ports(uri.getHost()))
                            .as("%s of %s", name, service)
                            .contains(uri.getPort());
                }
            });
        }
    }

    @Test
    void waitsForWhatIsHealthyOrDone() {
        services.forEach((name, service) -> service.at("depends_on").fields().forEach((other, on) -> {
            assertThat(services).as(name).containsKey(other);
            assertThat(on.at("condition").text())
                    .as("%s on %s", name, other)
                    .isEqualTo(ONE_SHOT.contains(other) ? "service_completed_successfully" : "service_healthy");
            if (!ONE_SHOT.contains(other)) {
                assertThat(services.get(other).at("healthcheck", "test").items())
                        .as(other)
                        .isNotEmpty();
            }
        }));
    }

    @Test
    void asksServicesAtTheirManagementPort() {
        for (String service : ServiceFacts.SERVICES) {
            Tree tree = services.get(service);
            assertThat(tree.at("environment", "MANAGEMENT_SERVER_PORT").text())
                    .isEqualTo("" + ServiceFacts.MANAGEMENT_PORT);
            assertThat(tree.at("healthcheck", "test").items().getLast().text()).isEqualTo("/opt/pbts/ready.sh");
        }
        assertThat(Checkout.text("deployment/ready.sh"))
                .contains("${MANAGEMENT_SERVER_PORT:-%d}".formatted(ServiceFacts.MANAGEMENT_PORT))
                .contains("/actuator/health/readiness");
    }

    @Test
    void boundsTheMemoryOfEverything() {
        services.forEach((name, service) ->
                assertThat(service.at("mem_limit").text()).as(name).matches("\\d+m"));
    }

    @Test
    void givesServicesNoRightsAndNoDiskToWriteTo() {
        for (String service : ServiceFacts.SERVICES) {
            Tree tree = services.get(service);
            assertThat(tree.at("read_only").is(true)).as(service).isTrue();
            assertThat(tree.at("cap_drop").items()).extracting(Tree::text).containsExactly("ALL");
            assertThat(tree.at("security_opt").items())
                    .extracting(Tree::text)
                    .containsExactly("no-new-privileges:true");
            assertThat(tree.at("user").exists())
                    .as("the image's own, which is not root")
                    .isFalse();
        }
    }

    /** Docker forbids to map code from a tmpfs unless told; the libraries for signatures are unpacked there. */
    @Test
    void letsServicesLoadNativeCodeFromTheirTemporaryFolder() {
        for (String service : ServiceFacts.SERVICES) {
            assertThat(services.get(service).at("tmpfs").items())
                    .singleElement()
                    .satisfies(tmpfs ->
                            assertThat(tmpfs.text()).startsWith("/tmp:").endsWith(",exec"));
        }
    }

    @Test
    void onlyContractServiceReachesTheChain() {
        assertThat(members("chain")).containsExactlyInAnyOrder("anvil", "contract-service");
        assertThat(file.at("networks", "services", "internal").is(true)).isTrue();
        assertThat(file.at("networks", "data", "internal").is(true)).isTrue();
        assertThat(members("front")).containsExactlyInAnyOrder("gateway-service", "announce-service");
    }

    @Test
    void publishesTheDoorsAndNothingElse() {
        var published = new TreeSet<String>();
        services.forEach((name, service) ->
                service.at("ports").items().forEach(port -> published.add(name + " " + port.text())));
        assertThat(published)
                .containsExactlyInAnyOrder(
                        "announce-service 6969:6969/tcp",
                        "announce-service 6969:6969/udp",
                        "gateway-service 127.0.0.1:8005:8005/tcp",
                        "gateway-service 8000:8000/tcp");
    }

    @Test
    void readsEachServicesSecretsFromAFolderOfItsOwn() {
        for (String service : ServiceFacts.SERVICES) {
            assertThat(services.get(service).at("volumes").items())
                    .singleElement()
                    .satisfies(mount -> {
                        assertThat(mount.at("target").text()).isEqualTo("/run/secrets/pbts");
                        assertThat(mount.at("read_only").is(true)).isTrue();
                        assertThat(mount.at("volume", "subpath").text()).isEqualTo(service);
                    });
        }
        assertThat(services.values())
                .allSatisfy(service -> assertThat(service.at("environment").fields())
                        .allSatisfy((name, value) -> assertThat(name).doesNotMatch(".*(PASSWORD|SECRET|_KEY)$")));
    }

    @Test
    void mountsOnlyVolumesAndFilesThatExist() {
        services.forEach((name, service) -> service.at("volumes").items().forEach(mount -> {
            String source = mount.at("source").exists()
                    ? mount.at("source").text()
                    : mount.text().replaceFirst(":.*", "");
            boolean known = source.startsWith("./")
                    ? Files.isRegularFile(Checkout.ROOT.resolve(source))
                    : file.at("volumes", source).exists();
            assertThat(known).as("%s of %s", source, name).isTrue();
        }));
        services.values().forEach(service -> assertThat(networksOf(service))
                .allMatch(network -> file.at("networks", network).exists()));
    }

    /** What a service's shutdown may take is less than the time that it is given. */
    @Test
    void stopsServicesGracefully() {
        for (String service : ServiceFacts.SERVICES) {
            String grace = services.get(service).at("stop_grace_period").text();
            assertThat(Integer.parseInt(grace.replace("s", ""))).isGreaterThan(2 * ServiceFacts.shutdownSeconds());
        }
    }

    @Test
    void usesTheSamePostgresAsTheImagesAndTheClusters() {
        String postgres = services.get("postgres").at("image").text();
        assertThat(Arrays.asList(
                        services.get("bootstrap").at("image").text(),
                        Dockerfile.read(Checkout.text("Dockerfile")).argument("POSTGRES")))
                .containsOnly(postgres);
    }

    private Set<String> members(String network) {
        return services.entrySet().stream()
                .filter(service -> networksOf(service.getValue()).contains(network))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Set<String> networks(String service) {
        return networksOf(services.get(service));
    }

    private static Set<String> networksOf(Tree service) {
        Tree networks = service.at("networks");
        Set<String> names = new TreeSet<>(networks.fields().keySet());
        networks.items().forEach(network -> names.add(network.text()));
        return names;
    }

    private static List<Integer> ports(String service) {
        return switch (service) {
            case "postgres" -> List.of(5432);
            case "valkey" -> List.of(6379);
            case "anvil" -> List.of(8545);
            case "announce-service" -> List.of(new ServiceFacts(service).port(), 6970);
            default -> List.of(new ServiceFacts(service).port());
        };
    }
}
