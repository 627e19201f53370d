package io.pbts.support.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.pbts.support.access.ServiceTokenVerifier.Answer;
import io.pbts.support.secret.MountedSecrets;
import io.pbts.support.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class KeyRotationTest {
    private static final TokenProperties SMALL = new TokenProperties(16, 16);
    private static final ECKey OLD = TestKeys.key("announce");
    private static final ECKey NEW = TestKeys.anotherKey("announce");
    private static final ECKey RECEIPT = TestKeys.key("receipt");

    @Test
    void aSendersOldKeyIsGoodWhileItIsInTheSetAndNoLonger() throws IOException {
        Path directory = TestKeys.secretsFor("receipt");
        try (var secrets = new MountedSecrets(directory, true)) {
            var verifier = new ServiceTokenVerifier(new ServiceKeys("receipt", secrets), Clock.systemUTC(), SMALL);
            String byOld = TestKeys.token("announce", "receipt").text();
            String byNew = TestKeys.token("announce", "receipt").signedBy(NEW).text();
            assertThat(verifier.verify(byOld)).isInstanceOf(Answer.Accepted.class);
            assertThat(code(verifier.verify(byNew))).isEqualTo("token-key-unknown");

            publish(directory, secrets, OLD, NEW, RECEIPT);
            assertThat(verifier.verify(byOld)).isInstanceOf(Answer.Accepted.class);
            assertThat(verifier.verify(byNew)).isInstanceOf(Answer.Accepted.class);

            publish(directory, secrets, NEW, RECEIPT);
            assertThat(code(verifier.verify(byOld))).isEqualTo("token-key-unknown");
            assertThat(verifier.verify(byNew)).isInstanceOf(Answer.Accepted.class);
        }
    }

    @Test
    void aNewOwnKeySignsFromThenOn() throws Exception {
        Path directory = TestKeys.secretsFor("announce");
        try (var secrets = new MountedSecrets(directory, true)) {
            var tokens = new ServiceTokens(
                    new ServiceKeys("announce", secrets), Clock.systemUTC(), new SecureRandom(), SMALL);
            assertThat(kidOf(tokens)).isEqualTo(OLD.getKeyID());
            publish(directory, secrets, OLD, NEW, RECEIPT);
            assertThat(kidOf(tokens)).isEqualTo(OLD.getKeyID());
            Files.writeString(directory.resolve(ServiceKeys.OWN), TestKeys.pem(NEW));
            assertThat(secrets.look()).isTrue();
            assertThat(kidOf(tokens)).isEqualTo(NEW.getKeyID());
        }
    }

    @Test
    void anOwnKeyThatTheSetDoesNotKnowYetIsNotUsedUntilItDoes(CapturedOutput output) throws Exception {
        Path directory = TestKeys.secretsFor("announce");
        try (var secrets = new MountedSecrets(directory, true)) {
            var tokens = new ServiceTokens(
                    new ServiceKeys("announce", secrets), Clock.systemUTC(), new SecureRandom(), SMALL);
            Files.writeString(directory.resolve(ServiceKeys.OWN), TestKeys.pem(NEW));
            secrets.look();
            assertThat(kidOf(tokens)).isEqualTo(OLD.getKeyID());
            assertThat(output).contains("event=secret_unusable").doesNotContain("PRIVATE");
            publish(directory, secrets, OLD, NEW, RECEIPT);
            assertThat(kidOf(tokens)).isEqualTo(NEW.getKeyID());
        }
    }

    @Test
    void aKeyUnderAnothersThumbprintStopsTheStart() {
        ECKey lying = new ECKey.Builder(NEW).keyID(OLD.getKeyID()).build();
        refused(Map.of(ServiceKeys.EVERYBODYS, TestKeys.keySet(List.of(lying, RECEIPT))), "thumbprint");
    }

    @Test
    void aKeyOnAnotherCurveStopsTheStart() throws Exception {
        ECKey other = new ECKeyGenerator(Curve.P_384)
                .keyID("announce.0123456789abcdef")
                .generate();
        refused(Map.of(ServiceKeys.EVERYBODYS, TestKeys.keySet(List.of(other, RECEIPT))), "P-256");
        refused(Map.of(ServiceKeys.OWN, TestKeys.pem(other)), "P-256");
    }

    @Test
    void aPublishedPrivateKeyStopsTheStart() {
        refused(Map.of(ServiceKeys.EVERYBODYS, new JWKSet(RECEIPT).toString(false)), "private half");
    }

    @Test
    void aKeyOfAServiceThatIsNoneStopsTheStart() {
        ECKey stranger = new ECKey.Builder(NEW).keyID("../../etc/passwd").build();
        refused(Map.of(ServiceKeys.EVERYBODYS, TestKeys.keySet(List.of(stranger, RECEIPT))), "not named");
    }

    @Test
    void anotherServicesPrivateKeyStopsTheStart() {
        refused(Map.of(ServiceKeys.OWN, TestKeys.pem(OLD)), "no key of receipt");
    }

    @Test
    void aFileThatIsNoKeyStopsTheStartUnseen() {
        refused(Map.of(ServiceKeys.OWN, "canary-9f86d081884c7d659a2feaa0c55ad015"), "PEM");
        refused(Map.of(ServiceKeys.EVERYBODYS, "{\"keys\": \"canary-9f86d081884c7d659a2f\"}"), "JWK set");
    }

    private static void refused(Map<String, String> files, String reason) {
        try (var secrets = new MountedSecrets(TestKeys.secretsFor("receipt", files), true)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new ServiceKeys("receipt", secrets))
                    .withMessageContaining(reason)
                    .satisfies(refused -> assertThat(refused.toString()).doesNotContain("canary"));
        }
    }

    private static void publish(Path directory, MountedSecrets secrets, ECKey... keys) throws IOException {
        Files.writeString(directory.resolve(ServiceKeys.EVERYBODYS), TestKeys.keySet(List.of(keys)));
        assertThat(secrets.look()).isTrue();
    }

    private static String kidOf(ServiceTokens tokens) throws Exception {
        return com.nimbusds.jwt.SignedJWT.parse(tokens.forService("receipt"))
                .getHeader()
                .getKeyID();
    }

    private static String code(Answer answer) {
        return answer instanceof Answer.Refused refused ? refused.code() : "accepted";
    }
}
