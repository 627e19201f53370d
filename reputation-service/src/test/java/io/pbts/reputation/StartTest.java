package io.pbts.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pbts.support.testing.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** What the service does with its settings when it starts. */
@ExtendWith(OutputCaptureExtension.class)
class StartTest {
    private final TestPostgres database = QuietPostgres.create();

    private ConfigurableApplicationContext start(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.hikari.maximum-pool-size=2",
                "--pbts.db.app-password=" + TestPostgres.PASSWORD,
                "--pbts.db.owner-password=" + TestPostgres.PASSWORD));
        all.addAll(List.of(settings));
        return SpringApplication.run(ReputationApplication.class, all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--pbts.passkey-key=",
                "--pbts.passkey-key=canary-that-is-no-key",
                "--pbts.passkey-key=0000000000000000000000000000000000000000000000000000000000000000",
            })
    void itRefusesToStartWithoutAUsablePasskeyKeyAndDoesNotPrintIt(String setting, CapturedOutput output) {
        assertThat(catchThrowable(() -> start(setting)))
                .hasRootCauseMessage(
                        "the secret pbts.passkey-key is missing or is not 64 hexadecimal digits other than zeros");
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
            })
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
            var service =
                    new ServiceClient(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
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
            var service =
                    new ServiceClient(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            var reply = service.post("/register", TestUser.json(TestUser.fresh().unsignedForm()), "application/json");

            assertThat(reply.text("passkey")).hasSize(32);
            assertThat(output.getAll())
                    .contains("insert into account")
                    .doesNotContain(reply.text("passkey"))
                    .doesNotContain(RunningService.PASSKEY_KEY);
        }
    }
}
