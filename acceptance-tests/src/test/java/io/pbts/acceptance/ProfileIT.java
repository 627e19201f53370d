package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.testing.network.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a profile refuses: {@code local} everybody but loopback, {@code production} to start unsafely. */
class ProfileIT {
    private static final Duration REFUSAL = Duration.ofSeconds(60);
    private static final String VICTIM = "127.0.0.1";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"::", "203.0.113.5"})
    void productionDoesNotStartWithItsAdminPortInPublic(String address) {
        Part gateway = Part.of(ProductionStack.get(), "gateway");
        Shell.Outcome outcome = start(gateway, gateway.secrets(), Map.of("PBTS_ADMIN_ADDRESS", address));
        assertRefused(outcome, "PBTS_ADMIN_ADDRESS");
    }

    @Test
    void productionDoesNotStartWithADevelopmentKeyOnARealChain() throws Exception {
        Stack stack = ProductionStack.get();
        Part contract = Part.of(stack, "contract");
        assertThat(contract.secret("pbts.chain.settler-key")).startsWith("ac0974bec39a17e3");
        // The stack's own database belongs to the development chain, which would be refused first.
        String empty = EmptyDatabase.beside(stack, "contract");
        Shell.Outcome outcome = start(contract, contract.secrets(), Map.of("PBTS_CHAIN_ID", "1", "PBTS_DB_URL", empty));
        assertRefused(outcome, "development key").doesNotContain("ac0974bec39a17e3");
    }

    @ParameterizedTest
    @CsvSource({
        "gateway, pbts.admin-key, changeme",
        "reputation, pbts.passkey-key, 0000000000000000000000000000000000000000000000000000000000000000",
        "receipt, pbts.service-key, password"
    })
    void productionDoesNotStartWithADefaultSecret(String service, String name, String value) throws IOException {
        Part part = Part.of(ProductionStack.get(), service);
        Path secrets = copied(part);
        Files.writeString(secrets.resolve(name), value);
        Shell.Outcome outcome = start(part, secrets, Map.of());
        assertRefused(outcome, name).doesNotContain(": " + value);
    }

    private static org.assertj.core.api.AbstractStringAssert<?> assertRefused(Shell.Outcome outcome, String why) {
        assertThat(outcome.exitCode()).as(outcome.output()).isNotZero();
        List<String> lines = outcome.output()
                .lines()
                .filter(line -> line.contains(why) && !line.startsWith("\tat "))
                .toList();
        assertThat(lines).as(outcome.output()).isNotEmpty();
        return assertThat(outcome.output());
    }

    /** Production's sibling: the same jar, told to listen to everybody, with the headers of every proxy there is. */
    @Test
    @DisabledIfEnvironmentVariable(
            named = "PBTS_TEST_UNAVAILABLE",
            matches = ".+",
            disabledReason = "./pbts test found no tools or no root, says so in its summary, and fails in CI")
    void localRefusesItsUnsafeRoutesToAnotherHostWhateverHeadersSay() throws Exception {
        Part gateway = Part.of(LocalStack.get(), "gateway");
        int port = FreePort.next();
        var settings = new LinkedHashMap<>(freePorts());
        settings.put("SERVER_ADDRESS", "0.0.0.0");
        settings.put("SERVER_PORT", String.valueOf(port));
        Process running = process(gateway, gateway.secrets(), settings, folder.resolve("gateway.log"));
        try (var net = new SwarmNet()) {
            Http here = new Http(URI.create("http://127.0.0.1:" + port));
            Await.until("the gateway answers", Duration.ofSeconds(90), () -> isUp(here), up -> up);
            here.postJson("/keygen", Map.of()).expect(200);
            Map<String, Path> answers = sendUnsafe(net, port);
            assertThat(answers).hasSizeGreaterThan(100);
            for (var answer : answers.entrySet()) {
                String text = Files.readString(answer.getValue(), StandardCharsets.ISO_8859_1);
                assertThat(text).as(answer.getKey()).matches("(?s)HTTP/1\\.1 (401|403|404) .*");
            }
        } finally {
            running.destroy();
            running.waitFor();
        }
    }

    private Map<String, Path> sendUnsafe(SwarmNet net, int port) throws Exception {
        List<String> routes = List.of(
                "POST /keygen",
                "POST /attest",
                "POST /config",
                "POST /keygen-tee",
                "POST /generate-attestation",
                "POST /contract/init",
                "POST /contract/register",
                "POST /contract/update",
                "POST /contract/migrate",
                "POST /report",
                "POST /register",
                "POST /api/v1/torrents");
        Path work = Files.createDirectories(folder.resolve("unsafe"));
        Map<String, Path> answers = new LinkedHashMap<>();
        for (String route : routes) {
            for (String header : lies()) {
                String name = "%04d".formatted(answers.size());
                String request =
                        "%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n%sContent-Length: 2\r\n\r\n{}"
                                .formatted(route, header);
                Files.writeString(work.resolve(name + ".req"), request, StandardCharsets.ISO_8859_1);
                answers.put(route + " with " + header.strip(), work.resolve(name + ".res"));
            }
        }
        net.sendAll(1, work, SwarmNet.GATEWAY_V4, port);
        return answers;
    }

    private static List<String> lies() {
        List<String> lies = new ArrayList<>(List.of("", "Origin: http://localhost\r\n"));
        for (String header : List.of(
                "X-Forwarded-For",
                "X-Real-IP",
                "X-PBTS-Client-Address",
                "True-Client-IP",
                "X-Client-IP",
                "CF-Connecting-IP")) {
            lies.add(header + ": " + VICTIM + "\r\n");
        }
        lies.add("Forwarded: for=127.0.0.1\r\n");
        lies.add("Forwarded: for=\"[::1]\"\r\n");
        lies.add("X-Forwarded-For: 127.0.0.1, ::1\r\nX-Forwarded-Host: localhost\r\n");
        lies.add("X-PBTS-Service-Token: "
                + Jws.service(SigningKey.fresh("gateway").key(), "receipt")
                        .asAnonymous(VICTIM)
                        .text() + "\r\n");
        return lies;
    }

    private static boolean isUp(Http http) {
        try {
            return http.get("/health").status() == 200;
        } catch (java.io.UncheckedIOException notYet) {
            return false;
        }
    }

    private Path copied(Part part) throws IOException {
        Path copy = Files.createTempDirectory(folder, part.service());
        try (Stream<Path> files = Files.list(part.secrets())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    /** Starts the service as the stack does, with some settings changed, and waits for its end. */
    private Shell.Outcome start(Part part, Path secrets, Map<String, String> changes) {
        try {
            Path log = Files.createTempFile(folder, part.service(), ".log");
            var settings = new LinkedHashMap<>(freePorts());
            settings.putAll(changes);
            Process process = process(part, secrets, settings, log);
            boolean ended = process.waitFor(REFUSAL);
            if (!ended) {
                process.destroyForcibly();
            }
            String output = Files.readString(log);
            assertThat(ended).as("it started all the same\n" + output).isTrue();
            return new Shell.Outcome(process.exitValue(), output);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Process process(Part part, Path secrets, Map<String, String> changes, Path log) throws IOException {
        var builder =
                new ProcessBuilder(part.command()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(part.environment());
        builder.environment().putAll(changes);
        builder.environment().put("PBTS_SECRETS_DIR", secrets.toString());
        return builder.start();
    }

    /** Beside the running service, not in its place. */
    private static Map<String, String> freePorts() {
        return Map.of(
                "SERVER_PORT", String.valueOf(FreePort.next()),
                "PBTS_ADMIN_PORT", String.valueOf(FreePort.next()),
                "PBTS_TRACKER_PORT", String.valueOf(FreePort.next()),
                "PBTS_TRACKER_INTERNAL_PORT", String.valueOf(FreePort.next()));
    }
}
