package io.pbts.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What the service does with its settings when it starts. */
@ExtendWith(OutputCaptureExtension.class)
class StartTest {
    private final TestPostgres database = QuietPostgres.create();

    private ConfigurableApplicationContext start(String... settings) {
        List<String> all = new ArrayList<>(List.of("--spring.datasource.hikari.maximum-pool-size=2"));
        all.addAll(List.of(settings));
        return OwnService.start(database.url(), all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary-that-is-no-key",
                "canary-that-is-no-key-but-as-long-as-one-would-have-to-be-here..",
                "0000000000000000000000000000000000000000000000000000000000000000",
            })
    void itRefusesToStartWithoutAUsablePasskeyKeyAndDoesNotPrintIt(String key, CapturedOutput output) {
        Path secrets = TestKeys.secretsFor("reputation", Map.of("pbts.passkey-key", key));

        assertThat(catchThrowable(() -> start("--pbts.secrets-dir=" + secrets)))
                .rootCause()
                .hasMessageContaining("pbts.passkey-key")
                .hasMessageNotContaining("canary");
        assertThat(output.getAll()).doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--MIN_RATIO=-1",
                "--MIN_RATIO=0.12345",
                "--MIN_RATIO=half",
                "--PBTS_OVERDRAFT_BYTES=-1",
                "--INITIAL_CREDIT_BYTES=-1",
                "--INITIAL_CREDIT_POLICY=sometimes",
                "--pbts.sign-in.chain-id=0",
                "--pbts.sign-in.challenge-for=1h",
                "--pbts.sign-in.challenges=1",
                "--pbts.session.access-for=16m",
                "--pbts.session.refresh-for=91d",
                "--pbts.session.per-account=0",
                "--pbts.api-key.per-account=0",
            })
    void itsSettingsRefuseAValueOutOfBounds(String setting) {
        assertThatCode(() -> bindSettings().close()).doesNotThrowAnyException();
        assertThat(catchThrowable(() -> bindSettings(setting))).isNotNull();
    }

    /** All settings of the service as it reads them, and nothing else of it: this takes no database. */
    private static ConfigurableApplicationContext bindSettings(String... settings) {
        var application = new SpringApplication(Settings.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(Map.of("PBTS_CHAIN_ID", "31337"));
        return application.run(settings);
    }

    @Configuration
    @ConfigurationPropertiesScan(basePackageClasses = ReputationApplication.class)
    static class Settings {}

    @ParameterizedTest
    @ValueSource(strings = {"--pbts.session.per-account=0", "--pbts.public-url=mailto:tracker@example.org"})
    void itRefusesToStartWithASettingOutOfBounds(String setting) {
        assertThat(catchThrowable(() -> start("--pbts.passkey-key=" + RunningService.PASSKEY_KEY, setting)))
                .isNotNull();
    }

    @Test
    void minRatioOverdraftAndCreditComeFromTheEnvironment() throws Exception {
        try (var context = start(
                "--pbts.passkey-key=" + RunningService.PASSKEY_KEY,
                "--spring.profiles.active=local",
                "--MIN_RATIO=0.75",
                "--PBTS_OVERDRAFT_BYTES=1000",
                "--INITIAL_CREDIT_POLICY=never",
                "--INITIAL_CREDIT_BYTES=16777216")) {
            ServiceClient service = OwnService.clientOf(context);
            var policy = service.get("/internal/v1/policy").body();
            assertThat(policy).isEqualTo(new JsonMapper().readTree("""
                            {"min_ratio":"0.75","overdraft_bytes":1000,"initial_credit_bytes":16777216,
                            "initial_credit_policy":"never","total_users":0}"""));
            service.post("/register", TestUser.json(TestUser.fresh().unsignedForm()), "application/json");
            var standing = service.get("/internal/v1/standings").body().at("/items/0");
            assertThat(standing.path("allowed").asBoolean(true)).isFalse();
            assertThat(standing.path("ratio").asString()).isEqualTo("0.00");
            assertThat(standing.path("min_ratio").asString()).isEqualTo("0.75");
            assertThat(standing.path("bytes_owed").asLong()).isEqualTo(1);
        }
    }

    @Test
    void noLogLevelPrintsAPasskeyOrItsKey(CapturedOutput output) {
        try (var context = start(
                "--pbts.passkey-key=" + RunningService.PASSKEY_KEY,
                "--spring.profiles.active=local",
                "--logging.level.org.springframework=trace",
                "--logging.level.org.hibernate=trace",
                "--logging.level.io.pbts=trace")) {
            ServiceClient service = OwnService.clientOf(context);
            var reply = service.post("/register", TestUser.json(TestUser.fresh().unsignedForm()), "application/json");

            assertThat(reply.text("passkey")).hasSize(32);
            assertThat(output.getAll())
                    .contains("insert into account")
                    .doesNotContain(reply.text("passkey"))
                    .doesNotContain(RunningService.PASSKEY_KEY);
        }
    }

    @Test
    void noLogLevelPrintsWhatSignsIn(CapturedOutput output) {
        var logging = LoggingSystem.get(StartTest.class.getClassLoader());
        try (var context = start("--pbts.passkey-key=" + RunningService.PASSKEY_KEY)) {
            ServiceClient service = OwnService.clientOf(context);
            // Not before: what a start itself prints at these levels is most of it, and none of it is about signing in.
            logging.setLogLevel("org.springframework", LogLevel.TRACE);
            logging.setLogLevel("org.springframework.jdbc", LogLevel.DEBUG);
            logging.setLogLevel("io.pbts", LogLevel.TRACE);
            Signer.Wallet wallet = Signer.freshWallet();
            wallet.enrol(database, "canary");
            var answer = wallet.answer(wallet.challenge(service, "sign-in"));
            var first = TestSession.of(service.post("/api/v1/sessions", TestUser.json(answer)));
            var session = TestSession.of(service.post("/api/v1/sessions/refresh", TestUser.json(first.refreshForm())));
            var key = service.as(session.token()).post("/api/v1/account/api-keys", """
                    {"name":"canary","scopes":["report"]}""");

            assertThat(key.text("key")).hasSize(48);
            assertThat(output.getAll())
                    .contains("/api/v1/sessions/refresh")
                    .doesNotContain(String.valueOf(answer.get("signature")))
                    .doesNotContain(first.refreshToken())
                    .doesNotContain(session.refreshToken())
                    .doesNotContain(session.accessToken())
                    .doesNotContain(key.text("key"));
        } finally {
            for (String name : List.of("org.springframework", "org.springframework.jdbc", "io.pbts")) {
                logging.setLogLevel(name, null);
            }
        }
    }
}
