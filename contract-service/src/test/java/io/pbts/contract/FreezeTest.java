package io.pbts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.contract.RunningService.Answer;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A freeze ends when ledger and records agree, or when the operator says what it is that differs. */
class FreezeTest extends ServiceOnAChain {
    private static final String RESUME = "/admin/v1/chain/settlement/resume";
    private static final TestToken ADMIN = TestKeys.token("gateway", "contract").asAdmin();

    FreezeTest() {
        super("production", Map.of());
    }

    @BeforeEach
    void start() {
        settleAFirst(1000);
    }

    @AfterEach
    void stop() {
        end();
    }

    @Test
    void theOperatorEndsAFreezeByAgreementOrByAcknowledgingExactlyWhatDiffers() throws SQLException {
        assertThat(service.post(RESUME, "{}").status()).as("not the operator").isEqualTo(401);
        assertThat(service.post(RESUME, "{}", ADMIN).body().path("resumed").asBoolean(true))
                .as("not frozen")
                .isFalse();

        superuser("update contract.credit_delta set up = up + 5 where up > 0");
        String account = awaitFrozen();
        assertThat(account).contains("1000 up").contains("1005");
        assertRefused(409, "still-different", "{}");
        superuser("update contract.credit_delta set up = up - 5 where up > 0");
        assertThat(service.post(RESUME, "{}", ADMIN).body().path("resumed").asBoolean())
                .isTrue();
        goesOn(10);

        superuser("update contract.settlement set byte_count = byte_count - 3 where seq = 1");
        String totals = awaitFrozen();
        assertRefused(409, "still-different", "{}");
        assertRefused(409, "another-reason", acknowledging(account, "seen"));
        assertRefused(400, "invalid-note", acknowledging(totals, " "));
        assertThat(service.post(RESUME, acknowledging(totals, "a row was edited by hand"), ADMIN)
                        .status())
                .isEqualTo(200);
        goesOn(20);

        superuser(
                "update contract.settlement set root = sha256('another') where seq = (select max(seq) from contract.settlement)");
        String root = awaitFrozen();
        assertThat(root).contains("root");
        assertRefused(409, "still-different", acknowledging(root, "it cannot be settled upon"));

        var ended =
                service.get("/admin/v1/chain/settlement/freezes", ADMIN).body().path("freezes");
        assertThat(ended.size()).isEqualTo(2);
        assertThat(ended.at("/0/ending").asString()).isEqualTo("acknowledged");
        assertThat(ended.at("/0/note").asString()).isEqualTo("a row was edited by hand");
        assertThat(ended.at("/0/reason").asString()).isEqualTo(totals);
        assertThat(ended.at("/1/ending").asString()).isEqualTo("agreed");
        assertThat(ended.at("/1/reason").asString()).isEqualTo(account);
    }

    private String awaitFrozen() {
        await().atMost(SOON)
                .until(() -> service.identities().current().frozenReason().isPresent());
        return service.identities().current().frozenReason().orElseThrow();
    }

    /** Settles, and stays unfrozen through several comparisons. */
    private void goesOn(long bytes) {
        services.credit("alice", "bob", bytes);
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
        await().pollDelay(Duration.ofSeconds(3)).atMost(SOON).until(() -> true);
        assertThat(service.identities().current().frozenReason()).isEmpty();
    }

    private void assertRefused(int status, String code, String body) {
        Answer answer = service.post(RESUME, body, ADMIN);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().path("code").asString()).isEqualTo(code);
    }

    private static String acknowledging(String reason, String note) {
        return JsonMapper.shared().writeValueAsString(Map.of("acknowledge", reason, "note", note));
    }

    private void superuser(String sql) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
