package io.pbts.reputation.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.hash.Keccak256;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.TestUser;
import java.util.Locale;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the chain's key registry is told: the first key, and each key that took the place of one that was revoked. */
class KeyRotationTest extends RunningService {
    private static final String KEYS = "/api/v1/account/keys";

    private final TestWallet first = TestWallet.fresh();
    private SignedIn me;

    @BeforeEach
    void registered() {
        assertThat(first.register(client()).status()).isEqualTo(201);
        me = SignedIn.as(first, client());
    }

    @Test
    void theFirstKeyIsToldWithTheAccount() {
        JsonNode mine = enrolment();

        assertThat(mine.path("first_key").asString()).isEqualTo(hex(first));
        assertThat(mine.path("chain_account").asString())
                .isEqualTo(Keccak256.hash(Bytes.fromHexString(hex(first))).toUnprefixedHexString());
        assertThat(mine.path("later_keys").isEmpty()).isTrue();
    }

    @Test
    void aFurtherKeyIsNoRotation() {
        String after = cursor();
        add(TestWallet.fresh());

        assertThat(get("/internal/v1/enrolments?after=" + after)
                        .body()
                        .path("items")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void theNewestKeyTakesThePlaceOfTheOneInForceWhenThatIsRevoked() {
        TestWallet second = add(TestWallet.fresh());
        TestWallet third = add(TestWallet.fresh());
        String after = cursor();

        revoke(first);

        JsonNode items = get("/internal/v1/enrolments?after=" + after).body().path("items");
        assertThat(items.valueStream().map(item -> item.path("user_id").asString()))
                .as("it goes through the feed again")
                .containsExactly(first.address());
        assertThat(laterKeys()).containsExactly(hex(third));
        assertThat(enrolment().path("first_key").asString()).isEqualTo(hex(first));

        me = SignedIn.as(third, client());
        TestWallet fourth = add(TestWallet.fresh());
        revoke(second);
        assertThat(laterKeys()).as("the second was not in force").containsExactly(hex(third));
        me = SignedIn.as(fourth, client());
        revoke(third);
        assertThat(laterKeys()).containsExactly(hex(third), hex(fourth));
    }

    @Test
    void revokingTwiceRotatesOnce() {
        TestWallet second = add(TestWallet.fresh());
        revoke(first);
        me = SignedIn.as(second, client());
        revoke(first);

        assertThat(laterKeys()).containsExactly(hex(second));
    }

    private TestWallet add(TestWallet added) {
        String message = added.challenge(me.service(), "add-key");
        Reply reply = me.service()
                .post(
                        KEYS,
                        TestUser.json(Map.of("kind", "wallet", "message", message, "signature", added.sign(message))));
        assertThat(reply.status()).isEqualTo(201);
        return added;
    }

    private void revoke(TestWallet key) {
        assertThat(me.service().delete(KEYS + "/wallet/" + key.address()).status())
                .isEqualTo(204);
    }

    private java.util.List<String> laterKeys() {
        return enrolment()
                .path("later_keys")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private JsonNode enrolment() {
        return get("/internal/v1/enrolments")
                .body()
                .path("items")
                .valueStream()
                .filter(item -> item.path("user_id").asString().equals(first.address()))
                .findFirst()
                .orElseThrow();
    }

    private String cursor() {
        return get("/internal/v1/enrolments").body().path("cursor").asString();
    }

    private static String hex(TestWallet wallet) {
        return wallet.address().substring(2).toLowerCase(Locale.ROOT);
    }
}
