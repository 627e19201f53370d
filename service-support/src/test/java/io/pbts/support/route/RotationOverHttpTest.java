package io.pbts.support.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RotationOverHttpTest {
    @Test
    void aRunningServiceLearnsNewKeysAndForgetsOldOnesFromItsFiles(CapturedOutput output) throws Exception {
        Path secrets = TestKeys.secretsFor("receipt");
        ECKey renewed = TestKeys.anotherKey("gateway");
        TestToken byOld = TestKeys.visitor("receipt");
        TestToken byNew = byOld.signedBy(renewed);
        try (var service = SmallService.start("production", secrets)) {
            assertThat(status(service, byOld)).isEqualTo(200);
            assertThat(status(service, byNew)).isEqualTo(401);

            publish(secrets, TestKeys.key("receipt"), TestKeys.key("gateway"), renewed);
            eventually(service, byNew, 200);
            assertThat(status(service, byOld)).isEqualTo(200);

            publish(secrets, TestKeys.key("receipt"), renewed);
            eventually(service, byOld, 401);
            assertThat(status(service, byNew)).isEqualTo(200);
        }
        assertThat(output)
                .contains("event=secret_read name=pbts.service-keys")
                .doesNotContain("PRIVATE")
                .doesNotContain(byOld.text().substring(0, 40));
    }

    private static void eventually(SmallService service, TestToken token, int status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(status(service, token)).isEqualTo(status));
    }

    private static int status(SmallService service, TestToken token) throws Exception {
        return service.get("/api/v1/anyone", TestToken.HEADER, token.text()).statusCode();
    }

    private static void publish(Path secrets, ECKey... keys) throws IOException {
        Files.writeString(secrets.resolve("pbts.service-keys"), TestKeys.keySet(List.of(keys)));
    }
}
