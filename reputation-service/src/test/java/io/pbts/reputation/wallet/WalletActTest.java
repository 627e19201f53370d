package io.pbts.reputation.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.Signer;
import io.pbts.reputation.TestUser;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wallet's signature counts for one act, once, here and in time. */
class WalletActTest extends RunningService {
    private static final String HASH = "09be306d741df5cc84731d4025ef3267650f7960";
    private static final String PEER = "2d5042303130302d" + "303132333435363738396162";

    private final Signer.Wallet wallet = Signer.freshWallet();
    private final String address = wallet.secret().address().checksummed();
    private long account;

    @BeforeEach
    void enrol() {
        account = wallet.enrol(DATABASE, address);
    }

    private Map<String, Object> announce(String event) {
        return new LinkedHashMap<>(Map.of("info_hash", HASH, "event", event));
    }

    private String challenge(String purpose, Map<String, Object> subject) {
        var question = wallet.question(purpose);
        question.putAll(subject);
        Reply reply = post("/api/v1/challenges", TestUser.json(question));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        return reply.text("message");
    }

    private Reply act(String act, Map<String, Object> subject, String message, String signature) {
        var request = new LinkedHashMap<>(subject);
        request.put("act", act);
        request.put("address", address);
        request.put("message", message);
        request.put("signature", signature);
        return post("/internal/v1/wallets/acts", TestUser.json(request));
    }

    private static void refused(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(status);
        assertThat(reply.text("code")).isEqualTo(code);
    }

    @Test
    void theMessageSaysEventInfoHashWalletAndInstance() {
        String instance = get("/internal/v1/instance").text("instance_id");

        assertThat(challenge("announce", announce("started")))
                .contains("\nAnnounce started for %s to PBTS %s.\n".formatted(HASH, instance), address)
                .contains("URI: http://tracker.example:8000/announce");
        assertThat(challenge("bind-peer", Map.of("peer_id", PEER)))
                .contains("\nBind peer_id %s to this wallet with PBTS %s.\n".formatted(PEER, instance), address)
                .contains("URI: http://tracker.example:8000/bind-peer");
    }

    @Test
    void aSignedActTellsHowTheAccountStandsOnce() {
        sql("update reputation.total set up = 5, down = 100, grant_state = 'granted' where account_id = " + account);
        String message = challenge("announce", announce("started"));

        Reply reply = act("announce", announce("started"), message, wallet.signature(message));

        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        assertThat(reply.body().path("account_id").asLong()).isEqualTo(account);
        assertThat(reply.text("address")).isEqualTo(address);
        assertThat(reply.body().path("allowed").asBoolean(true)).isFalse();
        assertThat(reply.text("ratio")).isEqualTo("0.05");
        assertThat(reply.body().path("bytes_owed").asLong()).isEqualTo(45);
        assertThat(reply.text("upload_bytes")).isEqualTo("5");
        assertThat(reply.text("download_bytes")).isEqualTo("100");
        refused(act("announce", announce("started"), message, wallet.signature(message)), 401, "challenge-unknown");
    }

    @Test
    void aSignatureForOneActIsNoneForAnother() {
        String message = challenge("announce", announce("started"));
        refused(act("announce", announce("stopped"), message, wallet.signature(message)), 401, "wrong-purpose");

        String other = challenge("announce", announce("started"));
        var elsewhere = announce("started");
        elsewhere.put("info_hash", "ab".repeat(20));
        refused(act("announce", elsewhere, other, wallet.signature(other)), 401, "wrong-purpose");

        String bound = challenge("bind-peer", Map.of("peer_id", PEER));
        refused(
                act("bind-peer", Map.of("peer_id", "cd".repeat(20)), bound, wallet.signature(bound)),
                401,
                "wrong-purpose");

        String signIn = challenge("sign-in", Map.of());
        refused(act("announce", announce("started"), signIn, wallet.signature(signIn)), 401, "wrong-purpose");

        String announced = challenge("announce", announce("started"));
        Reply session = post("/api/v1/sessions", TestUser.json(wallet.answer(announced)));
        refused(session, 401, "wrong-purpose");
    }

    @Test
    void anotherWalletsSignatureIsInvalid() {
        String message = challenge("announce", announce("started"));
        refused(
                act(
                        "announce",
                        announce("started"),
                        message,
                        Signer.freshWallet().signature(message)),
                401,
                "invalid-signature");

        var thief = Signer.freshWallet();
        var question = thief.question("announce");
        question.putAll(announce("started"));
        String theirs = post("/api/v1/challenges", TestUser.json(question)).text("message");
        refused(act("announce", announce("started"), theirs, thief.signature(theirs)), 401, "invalid-signature");
    }

    @Test
    void aMessageForAnotherInstanceOrPastItsTimeIsRefused() {
        String instance = get("/internal/v1/instance").text("instance_id");
        String foreign = challenge("announce", announce("started")).replace(instance, "0".repeat(64));
        refused(act("announce", announce("started"), foreign, wallet.signature(foreign)), 401, "wrong-purpose");

        String late = challenge("announce", announce("started"));
        sql("update reputation.challenge set issued_at = to_timestamp(1000), expires_at = to_timestamp(2000)"
                + " where public_key = decode('%s', 'hex')"
                        .formatted(wallet.key().bytes().toUnprefixedHexString()));
        refused(act("announce", announce("started"), late, wallet.signature(late)), 401, "challenge-expired");
    }

    @Test
    void aWalletWithoutAnAccountIsNotRegistered() {
        sql("update reputation.account_key set revoked_at = now() where account_id = " + account);
        String message = challenge("announce", announce("started"));

        Reply reply = act("announce", announce("started"), message, wallet.signature(message));

        refused(reply, 404, "unknown-user");
        assertThat(reply.text("detail")).isEqualTo("User is not registered");
        refused(get("/internal/v1/wallets/" + address), 404, "unknown-user");
    }

    @Test
    void theVariantsFreeTextIsRefusedWithWhatToSign() {
        String text = "Announce started for " + HASH;

        Reply reply = act("announce", announce("started"), text, wallet.signature(text));

        refused(reply, 400, "message-malformed");
        assertThat(reply.text("detail")).contains("POST /api/v1/challenges", "purpose announce", "info_hash and event");
    }

    @ParameterizedTest
    @CsvSource({
        "announce, wallet, , started, missing-field",
        "announce, wallet, 12, started, invalid-info-hash",
        "announce, wallet, 09be306d741df5cc84731d4025ef3267650f7960, , missing-field",
        "announce, wallet, 09be306d741df5cc84731d4025ef3267650f7960, none, invalid-event",
        "announce, bls, 09be306d741df5cc84731d4025ef3267650f7960, started, invalid-kind",
        "bind-peer, wallet, , , missing-field",
        "pay, wallet, , , invalid-purpose"
    })
    void aChallengeNeedsItsSubject(String purpose, String kind, String hash, String event, String code) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("purpose", purpose);
        question.put("kind", kind);
        question.put("address", address);
        question.put("info_hash", hash);
        question.put("event", event);

        refused(post("/api/v1/challenges", TestUser.json(question)), 400, code);
    }
}
