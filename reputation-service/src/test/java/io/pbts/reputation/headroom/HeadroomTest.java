package io.pbts.reputation.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.receipt.InstanceId;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.TestUser;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members ask before they send. */
class HeadroomTest extends RunningService {
    private static final long GIB = 1L << 30;
    private static final String ADDRESS = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    private static final TestToken MEMBER =
            TestKeys.token("gateway", "reputation").asAccount(1, "somebody");

    private TestUser receiver;
    private String key;
    private String passkey;

    @BeforeEach
    void register() {
        InstanceId instance = InstanceId.fromHex(get("/internal/v1/instance").text("instance_id"));
        receiver = TestUser.fresh();
        Reply registered = post("/register", TestUser.json(receiver.form(instance)));
        assertThat(registered.status()).isEqualTo(200);
        passkey = registered.text("passkey");
        key = receiver.key().publicKey().bytes().toUnprefixedHexString();
    }

    @Test
    void tellsHowManyBytesOfAReceiverWouldBeCreditedNow() {
        Reply reply = ask(key);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().path("headroom_bytes").asLong()).isEqualTo(2 * (GIB + (64L << 20)));
        assertThat(reply.body().path("held_bytes").asLong(-1)).isZero();
        assertThat(reply.body().path("may_download").asBoolean(false)).isTrue();

        total("down = %d".formatted(2 * GIB + 3));
        Reply less = ask(key);
        assertThat(less.body().path("headroom_bytes").asLong()).isEqualTo((128L << 20) - 3);
        assertThat(less.body().path("may_download").asBoolean(true)).isFalse();
    }

    @Test
    void isZeroWhileAnythingIsHeld() {
        total("held = 7");
        Reply reply = ask(key);
        assertThat(reply.body().path("headroom_bytes").asLong(-1)).isZero();
        assertThat(reply.body().path("held_bytes").asLong()).isEqualTo(7);
        assertThat(reply.body().path("may_download").asBoolean(true)).isFalse();
    }

    @Test
    void knowsAWalletByItsAddressInAnyOfItsSpellings() {
        sql("""
                insert into reputation.account_key (kind, public_key, account_id, possession_proven, added_at)
                select 2, decode('5aaeb6053f3e94c9b9a09f33669435e7ef1beaed', 'hex'), account_id, true, now()
                from reputation.account where user_id = '%s' on conflict do nothing""".formatted(receiver.name()));
        assertThat(ask(ADDRESS).status()).isEqualTo(200);
        assertThat(ask(ADDRESS.toLowerCase(Locale.ROOT)).status()).isEqualTo(200);
        Reply mistyped = ask(ADDRESS.replace("aAe", "aae"));
        assertThat(mistyped.status()).isEqualTo(400);
        assertThat(mistyped.text("code")).isEqualTo("invalid-address");
    }

    @Test
    void refusesAKeyThatNobodyHolds() {
        Reply stranger = ask(TestUser.fresh().key().publicKey().bytes().toUnprefixedHexString());
        assertThat(stranger.status()).isEqualTo(404);
        assertThat(stranger.text("code")).isEqualTo("unknown-key");
        assertThat(ask("0x" + "12".repeat(20)).text("code")).isEqualTo("unknown-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0x", "0x12", "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "-1", "alice"})
    void refusesWhatCannotBeAKey(String written) {
        assertThat(ask(written).status()).isEqualTo(400);
        assertThat(ask(key + "00").text("code")).isEqualTo("invalid-public-key");
        assertThat(ask("00".repeat(48)).text("code")).isEqualTo("invalid-public-key");
    }

    @Test
    void answersMembersOnly() throws IOException, InterruptedException {
        String path = "/api/v1/accounts/" + key + "/headroom";
        assertThat(get(path).status()).isEqualTo(401);
        assertThat(get(path).text("code")).isEqualTo("credentials-missing");
        assertThat(withPasskey(path, passkey)).isEqualTo(200);
        assertThat(withPasskey(path, "a".repeat(32))).isEqualTo(401);
        assertThat(withPasskey(path, "no passkey")).isEqualTo(401);
        TestToken gateway = TestKeys.token("gateway", "reputation");
        assertThat(client().as(gateway.asApiKey(1, "somebody", "report"))
                        .get(path)
                        .status())
                .isEqualTo(200);
        assertThat(client().as(gateway.asApiKey(1, "somebody", "account:read"))
                        .get(path)
                        .status())
                .isEqualTo(200);
        assertThat(client().as(gateway.asApiKey(1, "somebody", "torrents"))
                        .get(path)
                        .status())
                .isEqualTo(403);
    }

    private Reply ask(String written) {
        return client().as(MEMBER).get("/api/v1/accounts/" + written + "/headroom");
    }

    private int withPasskey(String path, String shown) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + client().port() + path))
                .header("X-PBTS-Passkey", shown);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(TestKeys.visitor("reputation").on(request).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private void total(String change) {
        int rows = sql("""
                update reputation.total set %s where account_id =
                    (select account_id from reputation.account where user_id = '%s')""".formatted(change, receiver.name()));
        assertThat(rows).isEqualTo(1);
    }
}
