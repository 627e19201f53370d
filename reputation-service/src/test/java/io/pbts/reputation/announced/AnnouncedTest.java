package io.pbts.reputation.announced;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.Signer;
import io.pbts.support.testing.TestKeys;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What clients announce counts once, against their account, and moves nothing that receipts moved. */
class AnnouncedTest extends RunningService {
    private static final String ROUTE = "/internal/v1/announced";

    private final String name = "announcer-" + Signer.SIGNERS.incrementAndGet();
    private long account;

    @Autowired
    private AnnouncedBytes bytes;

    @BeforeEach
    void anAccountThatMayDownload() {
        Signer.freshWallet().enrol(DATABASE, name);
        account = count("select account_id from reputation.account where user_id = '%s'".formatted(name));
        sql("update reputation.total set up = 100, down = 20, credit = 0 where account_id = " + account);
    }

    private Reply send(UUID batch, long uploaded, long downloaded) {
        return post(ROUTE, batch(batch, entry(account, uploaded, downloaded)));
    }

    private static String batch(UUID batch, String entries) {
        return "{\"batch_id\":\"%s\",\"entries\":[%s]}".formatted(batch, entries);
    }

    private static String entry(long account, long uploaded, long downloaded) {
        return "{\"account_id\":%d,\"uploaded\":%d,\"downloaded\":%d}".formatted(account, uploaded, downloaded);
    }

    private JsonNode standing() {
        return get("/internal/v1/standings/by-user/" + name).body();
    }

    private long column(String column) {
        return count("select %s from reputation.total where account_id = %d".formatted(column, account));
    }

    @Test
    void aBatchThatComesTwiceCountsOnce() {
        UUID batch = UUID.randomUUID();
        assertThat(send(batch, 7, 50).body().path("counted").asBoolean()).isTrue();
        assertThat(send(batch, 7, 50).body().path("counted").asBoolean(true)).isFalse();
        assertThat(column("announced")).isEqualTo(50);
        assertThat(column("announced_up")).isEqualTo(7);
    }

    @Test
    void countsAgainstAnAccountAndNeverForIt() {
        assertThat(standing().path("allowed").asBoolean()).isTrue();
        send(UUID.randomUUID(), 1_000_000, 201);
        JsonNode refused = standing();
        assertThat(refused.path("allowed").asBoolean(true)).isFalse();
        assertThat(refused.path("ratio").asString()).isEqualTo("0.49");
        assertThat(refused.path("bytes_owed").asLong()).isEqualTo(1);
        assertThat(refused.path("announced").asLong()).isEqualTo(201);
    }

    @Test
    void movesNothingThatReceiptsMovedAndGoesThroughTheFeed() {
        String cursor =
                get("/internal/v1/standings?after=").body().path("cursor").asString();
        send(UUID.randomUUID(), 30, 40);
        assertThat(column("up")).isEqualTo(100);
        assertThat(column("down")).isEqualTo(20);
        assertThat(get("/internal/v1/standings?after=" + cursor)
                        .body()
                        .path("items")
                        .valueStream())
                .extracting(item -> item.path("user_id").asString())
                .contains(name);
    }

    @Test
    void staysAtTheEndOfWhatANumberHolds() {
        send(UUID.randomUUID(), Long.MAX_VALUE, Long.MAX_VALUE);
        send(UUID.randomUUID(), Long.MAX_VALUE, 5);
        assertThat(column("announced")).isEqualTo(Long.MAX_VALUE);
        assertThat(column("announced_up")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void passesOverAnAccountThatDoesNotExist() {
        String both = entry(account, 0, 3) + "," + entry(Long.MAX_VALUE, 0, 3);
        assertThat(post(ROUTE, batch(UUID.randomUUID(), both)).status()).isEqualTo(200);
        assertThat(column("announced")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"entries\":[]}",
                "{\"batch_id\":\"5f8c4a3e-5e3b-4d0f-8a52-9c40c2c3d7a1\"}",
                "{\"batch_id\":\"five\",\"entries\":[]}",
                "{\"batch_id\":\"5f8c4a3e-5e3b-4d0f-8a52-9c40c2c3d7a1\",\"entries\":[{\"account_id\":1,"
                        + "\"uploaded\":-1,\"downloaded\":0}]}",
                "{\"batch_id\":\"5f8c4a3e-5e3b-4d0f-8a52-9c40c2c3d7a1\",\"entries\":[{\"account_id\":1,"
                        + "\"uploaded\":1,\"downloaded\":0},{\"account_id\":1,\"uploaded\":1,\"downloaded\":0}]}"
            })
    void refusesWhatIsNoBatch(String json) {
        assertThat(post(ROUTE, json).status()).isEqualTo(400);
    }

    @Test
    void takesABoundedBatchFromTheTrackerAlone() {
        String many =
                LongStream.rangeClosed(1, 1001).mapToObj(id -> entry(id, 0, 0)).collect(Collectors.joining(","));
        assertThat(post(ROUTE, batch(UUID.randomUUID(), many)).status()).isEqualTo(413);
        assertThat(client().as(TestKeys.token("receipt", "reputation"))
                        .post(ROUTE, batch(UUID.randomUUID(), ""))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void forgetsABatchThatCannotComeAgain() {
        UUID old = UUID.randomUUID();
        UUID young = UUID.randomUUID();
        send(old, 0, 1);
        send(young, 0, 1);
        sql("update reputation.announced_batch set received_at = received_at - interval '8 days' where batch_id = '%s'"
                .formatted(old));
        assertThat(bytes.purge()).isFalse();
        assertThat(count("select count(*) from reputation.announced_batch where batch_id in ('%s', '%s')"
                        .formatted(old, young)))
                .isEqualTo(1);
    }
}
