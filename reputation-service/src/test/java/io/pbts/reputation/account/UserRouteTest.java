package io.pbts.reputation.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.TestUser;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.ActiveProfiles;

@ActiveProfiles(profiles = "local", inheritProfiles = false)
class UserRouteTest extends RunningService {
    private static final long GIB = 1L << 30;
    private final TestUser user = TestUser.fresh();

    @BeforeEach
    void registered() {
        post("/register", TestUser.json(user.unsignedForm()));
    }

    private void totals(long up, long down, long held, long announced, long credit) throws SQLException {
        try (Connection superuser = DATABASE.superuser();
                PreparedStatement update = superuser.prepareStatement("""
                        update reputation.total set up = ?, down = ?, held = ?, announced = ?, credit = ?
                        where account_id = (select account_id from reputation.account where user_id = ?)
                        """)) {
            update.setLong(1, up);
            update.setLong(2, down);
            update.setLong(3, held);
            update.setLong(4, announced);
            update.setLong(5, credit);
            update.setString(6, user.name());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private String ratio() {
        return get("/user/" + user.name()).body().path("ratio").toString();
    }

    @Test
    void aNewcomerIsShownAsTheOriginalsDoWithCreditApart() {
        Reply reply = get("/user/" + user.name());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().propertyNames())
                .containsExactly(
                        "user_id",
                        "public_key",
                        "total_uploaded",
                        "total_downloaded",
                        "ratio",
                        "registered_at",
                        "credit_bytes",
                        "held_bytes",
                        "bytes_owed",
                        "allowed",
                        "announced_bytes",
                        "unattested_bytes");
        assertThat(reply.text("user_id")).isEqualTo(user.name());
        assertThat(reply.text("public_key")).isEqualTo(user.publicKey());
        assertThat(reply.body().path("total_uploaded").asLong(-1)).isZero();
        assertThat(reply.body().path("ratio").toString()).isEqualTo("1.0");
        assertThat(reply.body().path("credit_bytes").asLong()).isEqualTo(GIB);
        assertThat(reply.body().path("allowed").asBoolean()).isTrue();
        double now = Clock.systemUTC().millis() / 1000.0;
        assertThat(reply.body().path("registered_at").asDouble()).isBetween(now - 600, now + 5);
    }

    @Test
    void theRatioIsTheGatesAndTheTotalsAreReceiptsOnly() throws SQLException {
        totals(GIB, 4 * GIB, 0, 0, GIB);

        Reply reply = get("/user/" + user.name());
        assertThat(reply.body().path("total_uploaded").asLong()).isEqualTo(GIB);
        assertThat(reply.body().path("total_downloaded").asLong()).isEqualTo(4 * GIB);
        assertThat(reply.body().path("ratio").toString()).isEqualTo("0.5");
        assertThat(reply.body().path("allowed").asBoolean()).isTrue();
    }

    @Test
    void aRefusedUserSeesWhatItOwes() throws SQLException {
        totals(100, 1000, 60, 0, 0);

        Reply reply = get("/user/" + user.name());
        assertThat(reply.body().path("ratio").toString()).isEqualTo("0.1");
        assertThat(reply.body().path("allowed").asBoolean(true)).isFalse();
        assertThat(reply.body().path("held_bytes").asLong()).isEqualTo(60);
        assertThat(reply.body().path("bytes_owed").asLong()).isEqualTo(430);
    }

    @Test
    void anUnboundedRatioIsNullAndNeverInfinity() throws SQLException {
        totals(1, 0, 0, 0, 0);
        assertThat(ratio()).isEqualTo("null");
        totals(0, 0, 0, 0, 0);
        assertThat(ratio()).isEqualTo("1.0");
        totals(50, 0, 0, 100, 0);
        assertThat(ratio()).isEqualTo("0.5");
    }

    @Test
    void whatNobodyHasAReceiptForIsShownApart() throws SQLException {
        totals(50, 30, 0, 100, 0);
        assertThat(get("/user/" + user.name()).body().path("announced_bytes").asLong())
                .isEqualTo(100);
        assertThat(get("/user/" + user.name()).body().path("unattested_bytes").asLong())
                .isEqualTo(70);
        totals(50, 100, 0, 30, 0);
        assertThat(get("/user/" + user.name()).body().path("unattested_bytes").asLong(-1))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "a%20b", "n%C3%A4m", "x%25y"})
    void anUnknownUserIs404InTheOriginalsWords(String name) {
        Reply reply = get("/user/" + name);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body().toString()).isEqualTo("{\"error\":\"User not found\"}");
    }
}
