package io.pbts.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceEnvironmentTest {
    private static final Endpoints ENDPOINTS =
            new Endpoints(8000, 20_007, 6969, 20_001, 20_002, 20_003, 20_004, 20_005, 20_006, 8545);
    private static final Path SECRETS = Path.of("/data/secrets/receipt");

    @Test
    void passesTheCallersSettingsOnAndNothingElse() {
        var environment = new ServiceEnvironment(
                Map.of(
                        "MIN_RATIO",
                        "0.7",
                        "PBTS_OVERDRAFT_BYTES",
                        "1",
                        "AWS_SECRET_ACCESS_KEY",
                        "x",
                        "JAVA_TOOL_OPTIONS",
                        "-Xmx9g"),
                Profile.LOCAL,
                ENDPOINTS);
        assertThat(environment.of(Service.RECEIPT, SECRETS))
                .containsEntry("MIN_RATIO", "0.7")
                .containsEntry("PBTS_OVERDRAFT_BYTES", "1")
                .doesNotContainKeys("AWS_SECRET_ACCESS_KEY", "JAVA_TOOL_OPTIONS");
    }

    @Test
    void knowsBetterThanTheCallerWhereThePartsAre() {
        var environment = new ServiceEnvironment(
                Map.of("PBTS_DB_URL", "jdbc:elsewhere", "PBTS_PUBLIC_URL", "https://tracker.example"),
                Profile.PRODUCTION,
                ENDPOINTS);
        assertThat(environment.of(Service.REPUTATION, SECRETS))
                .containsEntry("PBTS_DB_URL", "jdbc:postgresql://127.0.0.1:20006/pbts")
                .containsEntry("PBTS_PUBLIC_URL", "https://tracker.example")
                .containsEntry("PBTS_SECRETS_DIR", SECRETS.toString());
    }

    @Test
    void opensTheDoorsToThisMachineOnlyInLocal() {
        var environment = new ServiceEnvironment(Map.of(), Profile.LOCAL, ENDPOINTS);
        assertThat(environment.of(Service.GATEWAY, SECRETS))
                .containsEntry("SERVER_ADDRESS", "127.0.0.1")
                .containsEntry("SERVER_PORT", "8000")
                .containsEntry("PBTS_ADMIN_ADDRESS", "127.0.0.1")
                .containsEntry("PBTS_ADMIN_PORT", "20007")
                .containsEntry("SPRING_PROFILES_ACTIVE", "local");
        assertThat(environment.of(Service.ANNOUNCE, SECRETS)).containsEntry("PBTS_TRACKER_ADDRESS", "127.0.0.1,::1");
    }

    @Test
    void opensOnlyGatewayAndTrackerToOthersInProduction() {
        var environment = new ServiceEnvironment(Map.of(), Profile.PRODUCTION, ENDPOINTS);
        assertThat(environment.of(Service.GATEWAY, SECRETS)).containsEntry("SERVER_ADDRESS", "::");
        assertThat(environment.of(Service.GATEWAY, SECRETS)).containsEntry("PBTS_ADMIN_ADDRESS", "127.0.0.1");
        for (Service service : Service.WITH_DATABASE) {
            assertThat(environment.of(service, SECRETS))
                    .containsEntry("SERVER_ADDRESS", "127.0.0.1")
                    .containsEntry("PBTS_TRACKER_INTERNAL_ADDRESS", "127.0.0.1");
        }
    }

    @Test
    void givesASecondCopyPortsOfItsOwn() {
        var environment =
                new ServiceEnvironment(Map.of(), Profile.LOCAL, ENDPOINTS).withPorts(Service.ANNOUNCE, () -> 29_999);
        assertThat(environment.of(Service.ANNOUNCE, SECRETS))
                .containsEntry("SERVER_PORT", "29999")
                .containsEntry("PBTS_TRACKER_PORT", "29999")
                .containsEntry("PBTS_REPUTATION_URL", "http://127.0.0.1:20002");
        var gateway =
                new ServiceEnvironment(Map.of(), Profile.LOCAL, ENDPOINTS).withPorts(Service.GATEWAY, () -> 29_998);
        assertThat(gateway.of(Service.GATEWAY, SECRETS)).containsEntry("PBTS_ADMIN_PORT", "29998");
    }

    @Test
    void passesOnWhereTheTrackerHasItsCertificateAndLeavesTheEncryptedPortToTheFirstCopy() {
        var environment = new ServiceEnvironment(
                Map.of("PBTS_TRACKER_TLS_PORT", "6443", "PBTS_TRACKER_TLS_KEY", "/tls/privkey.pem"),
                Profile.PRODUCTION,
                ENDPOINTS);
        assertThat(environment.of(Service.ANNOUNCE, SECRETS))
                .containsEntry("PBTS_TRACKER_TLS_PORT", "6443")
                .containsEntry("PBTS_TRACKER_TLS_KEY", "/tls/privkey.pem");
        assertThat(environment.withPorts(Service.ANNOUNCE, () -> 29_999).of(Service.ANNOUNCE, SECRETS))
                .doesNotContainKey("PBTS_TRACKER_TLS_PORT");
    }
}
