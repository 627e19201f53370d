package io.pbts.reputation.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHashKey;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A new announce URL; the old one works for its grace, and not a second longer. */
class PasskeyRotationTest extends RunningService {
    private static final String PASSKEY = "/api/v1/account/passkey";

    private final TestWallet wallet = TestWallet.fresh();
    private SignedIn me;
    private String first;

    @BeforeEach
    void registered() {
        first = hash(wallet.register(client()));
        me = SignedIn.as(wallet, client());
    }

    private static String hash(Reply reply) {
        return new Passkey(reply.text("passkey"))
                .hash(PasskeyHashKey.fromHex(PASSKEY_KEY))
                .hex();
    }

    private Reply rotate(String body) {
        return me.service().post(PASSKEY, body);
    }

    private JsonNode standing() {
        return get("/internal/v1/standings/by-user/" + wallet.address()).body();
    }

    private JsonNode resolved(String hash) {
        return post("/internal/v1/accounts/resolve", "{\"passkey_hashes\":[\"%s\"]}".formatted(hash))
                .body()
                .path("passkey_hashes");
    }

    private int statusOf(String hash) {
        return get("/internal/v1/standings/by-passkey/" + hash).status();
    }

    @Test
    void theNewOneIsShownOnceAndBothWork() {
        long before = Instant.now().getEpochSecond();
        Reply rotated = rotate("{}");
        long after = Instant.now().getEpochSecond();

        assertThat(rotated.status()).isEqualTo(201);
        assertThat(rotated.body().propertyNames())
                .containsExactlyInAnyOrder("passkey", "announce_url", "previous_expires_at");
        assertThat(rotated.text("announce_url"))
                .isEqualTo("http://tracker.example:8000/" + rotated.text("passkey") + "/announce");
        assertThat(rotated.headers().firstValue("Cache-Control")).hasValue("no-store");
        long end = rotated.body().path("previous_expires_at").asLong();
        assertThat(end).isBetween(before + 86_400, after + 86_400);

        String second = hash(rotated);
        assertThat(statusOf(first)).isEqualTo(200);
        assertThat(statusOf(second)).isEqualTo(200);
        assertThat(standing().path("passkey_hashes").toString()).isEqualTo("[\"%s\",\"%s\"]".formatted(first, second));
        assertThat(standing().path("expiring_passkeys").toString())
                .isEqualTo("[{\"hash\":\"%s\",\"expires_at\":%d}]".formatted(first, end));
        assertThat(resolved(first).at("/0/expires_at").asLong()).isEqualTo(end);
        assertThat(resolved(second).at("/0").has("expires_at")).isFalse();
        JsonNode passkeys = me.service().get("/api/v1/account").body().path("passkeys");
        assertThat(passkeys.at("/0/state").asString()).isEqualTo("current");
        assertThat(passkeys.at("/1/state").asString()).isEqualTo("grace");
        assertThat(passkeys.at("/1/expires_at").asLong()).isEqualTo(end);
    }

    @Test
    void theFeedTellsOfARotationAtOnce() {
        String cursor = get("/internal/v1/standings").text("cursor");
        String second = hash(rotate("{\"grace_seconds\":0}"));

        JsonNode items = get("/internal/v1/standings?after=" + cursor).body().path("items");
        assertThat(items.size()).isEqualTo(1);
        assertThat(items.at("/0/passkey_hashes").toString()).isEqualTo("[\"%s\"]".formatted(second));
        assertThat(items.at("/0/expiring_passkeys").isEmpty()).isTrue();
    }

    @Test
    void withoutGraceTheOldOneEndsNow() {
        rotate("{\"grace_seconds\":0}");

        assertThat(statusOf(first)).isEqualTo(404);
        assertThat(resolved(first).isEmpty()).isTrue();
    }

    @Test
    void anExpiredOneIsGoneEverywhereAtItsSecond() {
        long end = rotate("{\"grace_seconds\":3}")
                .body()
                .path("previous_expires_at")
                .asLong();
        assertThat(statusOf(first)).isEqualTo(200);

        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(10))
                .until(() -> statusOf(first) == 404);
        assertThat(Instant.now()).isBetween(Instant.ofEpochSecond(end), Instant.ofEpochSecond(end + 2));
        assertThat(resolved(first).isEmpty()).isTrue();
        assertThat(standing().path("expiring_passkeys").isEmpty()).isTrue();
        assertThat(standing().path("passkey_hashes").size()).isEqualTo(1);
    }

    @Test
    void aLaterRotationMayShortenAGraceAndNeverLengthensOne() {
        rotate("{\"grace_seconds\":1000}");
        long end = standing().at("/expiring_passkeys/0/expires_at").asLong();
        rotate("{\"grace_seconds\":604800}");
        assertThat(standing().at("/expiring_passkeys/0/hash").asString()).isEqualTo(first);
        assertThat(standing().at("/expiring_passkeys/0/expires_at").asLong()).isEqualTo(end);

        rotate("{\"grace_seconds\":0}");
        assertThat(standing().path("passkey_hashes").size()).isEqualTo(1);
        assertThat(statusOf(first)).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "604801", "9223372036854775807"})
    void aGraceIsBounded(String seconds) {
        Reply reply = rotate("{\"grace_seconds\":%s}".formatted(seconds));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("code")).isEqualTo("invalid-grace");
        assertThat(standing().path("passkey_hashes").size()).isEqualTo(1);
    }

    @Test
    void onlySoManyReplacedOnesWorkAtATime() {
        for (int rotation = 0; rotation < 7; rotation++) {
            assertThat(rotate("{}").status()).isEqualTo(201);
        }
        Reply refused = rotate("{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("too-many-passkeys");
        assertThat(standing().path("passkey_hashes").size()).isEqualTo(8);
        assertThat(standing().path("expiring_passkeys").size()).isEqualTo(7);

        assertThat(rotate("{\"grace_seconds\":0}").status()).isEqualTo(201);
        assertThat(standing().path("passkey_hashes").size()).isEqualTo(1);
    }

    @Test
    void anEmptyBodyIsTheUsualGrace() {
        Reply rotated = me.service().post(PASSKEY, "");

        assertThat(rotated.status()).isEqualTo(201);
    }
}
