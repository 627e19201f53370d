package io.pbts.reputation.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHashKey;
import io.pbts.reputation.QuietPostgres;
import io.pbts.reputation.ReputationApplication;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient;
import io.pbts.support.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The key under which passkeys are hashed is replaced while the service runs. */
@ExtendWith(OutputCaptureExtension.class)
class PasskeyKeyTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String OLD = RunningService.PASSKEY_KEY;
    private static final String NEW = "9e07764cd8b3aa95d10fe42687bc9c3b1f04e9d7a52680e1f7c94ab36d85212f";

    private final Path secrets = RunningService.secrets();

    @Test
    void aNewFirstLineHashesNewPasskeysAndLeavesTheOldOnesAsTheyAre(CapturedOutput output) throws IOException {
        TestPostgres database = QuietPostgres.create();
        try (var context = SpringApplication.run(
                ReputationApplication.class,
                "--server.port=0",
                "--pbts.secrets-dir=" + secrets,
                "--pbts.secrets-look=50ms",
                "--pbts.sign-in.chain-id=31337",
                "--spring.datasource.url=" + database.url(),
                "--pbts.db.app-password=" + TestPostgres.PASSWORD,
                "--pbts.db.owner-password=" + TestPostgres.PASSWORD)) {
            var service =
                    new ServiceClient(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            String before = TestWallet.fresh().register(service).text("passkey");
            assertThat(known(service, before, OLD)).isTrue();

            publish(NEW + "\n" + OLD + "\n");
            await().atMost(SOON).until(() -> {
                String passkey = TestWallet.fresh().register(service).text("passkey");
                return known(service, passkey, NEW) && !known(service, passkey, OLD);
            });
            assertThat(known(service, before, OLD))
                    .as("asked by a service that tries both lines")
                    .isTrue();

            publish("canary-that-is-no-key-but-long-enough-to-be-one\n");
            await().atMost(SOON).until(() -> output.getAll().contains("event=secret_unusable name=pbts.passkey-key"));
            String after = TestWallet.fresh().register(service).text("passkey");
            assertThat(known(service, after, NEW))
                    .as("the last usable one goes on")
                    .isTrue();
            assertThat(output.getAll()).doesNotContain("canary", NEW, OLD, after);
        }
    }

    /** As a mounted secret changes: at once. */
    private void publish(String lines) throws IOException {
        Path next = Files.writeString(secrets.resolve(".next"), lines);
        Files.move(next, secrets.resolve("pbts.passkey-key"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean known(ServiceClient service, String passkey, String key) {
        String hash = new Passkey(passkey).hash(PasskeyHashKey.fromHex(key)).hex();
        return service.get("/internal/v1/standings/by-passkey/" + hash).status() == 200;
    }
}
