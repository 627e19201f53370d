package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.PasskeyHashKey;
import io.pbts.receipt.testing.Http;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.ProductionTracker;
import io.pbts.receipt.testing.World;
import io.pbts.support.secret.MountedSecrets;
import io.pbts.support.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who reports in production: a session, an API key with scope {@code report}, a passkey; each for its own account only. */
class CallerTest extends ProductionTracker {
    @Autowired
    MountedSecrets secrets;

    @Test
    void takesTheAccountOfASessionOrOfAnApiKeyForTheCaller() {
        assertThat(post(session(sender), sender, draft(250).v2()).codes()).containsExactly("credited");
        assertThat(post(apiKey(sender, "report"), sender, draft(251).v2()).codes())
                .containsExactly("credited");
        assertThat(WORLD.up(sender)).isEqualTo(2 * PIECE);
    }

    @Test
    void answersABearerWithTheTotalsOfItsOwnAccount() {
        post(session(sender), sender, draft(252).v2());
        Reply reply = post(session(sender), sender);
        assertThat(reply.json().path("total_uploaded").asLong()).isEqualTo(PIECE);
        assertThat(post(session(receiver), receiver)
                        .json()
                        .path("total_downloaded")
                        .asLong())
                .isEqualTo(PIECE);
    }

    @Test
    void refusesAUserIdThatIsNotTheBearers() {
        for (Http bearer : List.of(session(sender), apiKey(sender, "report"))) {
            Reply reply = post(bearer, receiver, draft(253).v2());
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.error()).contains("user_id");
        }
        assertThat(WORLD.up(sender)).isZero();
    }

    @Test
    void refusesAnApiKeyWithoutTheScope() {
        Reply reply = post(
                apiKey(sender, "torrents", "account:read"), sender, draft(254).v2());
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.error()).contains("scope report");
    }

    @Test
    void refusesTwoCredentialsAtOnce() {
        for (Http bearer : List.of(session(sender), apiKey(sender, "torrents"))) {
            Reply reply = bearer.post(
                    "/report",
                    Map.of("user_id", sender.name()),
                    "X-PBTS-Passkey",
                    sender.passkey().value());
            assertThat(reply.status()).isEqualTo(400);
        }
    }

    @Test
    void takesNobodyAtItsWordNotEvenOnThisMachine() {
        Map<String, Object> body = Map.of("user_id", sender.name());
        assertThat(http.post("/report", body).status()).isEqualTo(401);
        assertThat(http.asStranger().post("/report", body).status()).isEqualTo(401);
        assertThat(http.post("/report", body, "X-PBTS-Passkey", "").status()).isEqualTo(401);
        assertThat(http.as(TestKeys.token("gateway", "receipt").asAdmin())
                        .post("/report", body)
                        .status())
                .isEqualTo(403);
        assertThat(http.asService("announce").post("/report", body).status()).isEqualTo(403);
    }

    @Test
    void slowsAnAccountDownWhateverCredentialItSendsBadSignaturesWith() {
        List<Object> bad = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            Map<String, Object> receipt = draft(260 + i).v2();
            receipt.put("signature", draft(0).v2().get("signature"));
            bad.add(receipt);
        }
        Peer forger = NEIGHBOURS.add(WORLD.peer(World.GIB));
        assertThat(post(apiKey(forger, "report"), forger, bad.toArray()).codes())
                .containsOnly("bad-signature");
        for (Http credential : List.of(apiKey(forger, "report"), session(forger))) {
            Reply next = post(credential, forger, draft(255).v2());
            assertThat(next.status()).isEqualTo(429);
            assertThat(Integer.parseInt(next.header("Retry-After"))).isBetween(1, 60);
        }
        assertThat(report(forger, draft(255).v2()).status()).isEqualTo(429);
        assertThat(post(session(sender), sender, draft(255).v2()).codes())
                .as("others are not slowed")
                .containsExactly("credited");
    }

    /** The file {@code pbts.passkey-key} gets a new first line: passkeys of before live on, and no restart is needed. */
    @Test
    void knowsAPasskeyThatWasHashedUnderAnOlderKey() throws IOException {
        String older = "c0ffee1d".repeat(7) + "00112233";
        Peer veteran = NEIGHBOURS.add(WORLD.peer(World.GIB));
        NEIGHBOURS.rememberUnder(PasskeyHashKey.fromHex(older), veteran);
        assertThat(report(veteran).status()).isEqualTo(401);
        rotate(World.PASSKEY_KEY_HEX + "\n" + older + "\n");
        try {
            eventually(() -> report(veteran).status() == 200);
            assertThat(report(sender).status()).isEqualTo(200);
        } finally {
            rotate(World.PASSKEY_KEY_HEX);
        }
        eventually(() -> report(veteran).status() == 401);
    }

    @Test
    void keepsItsPasskeyKeyWhenARotatedOneIsUnusable() throws IOException {
        rotate("not hexadecimal but long enough to be one of the secrets");
        assertThat(report(sender).status()).isEqualTo(200);
        rotate(World.PASSKEY_KEY_HEX);
        assertThat(report(sender).status()).isEqualTo(200);
    }

    private void rotate(String keys) throws IOException {
        Files.writeString(SECRETS.resolve("pbts.passkey-key"), keys);
        secrets.look();
    }

    private Reply post(Http bearer, Peer named, Object... receipts) {
        return bearer.post("/report", Map.of("user_id", named.name(), "receipts", receipts));
    }

    private Http session(Peer peer) {
        return http.as(TestKeys.token("gateway", "receipt").asAccount(peer.id(), peer.name()));
    }

    private Http apiKey(Peer peer, String... scopes) {
        return http.as(TestKeys.token("gateway", "receipt").asApiKey(peer.id(), peer.name(), scopes));
    }
}
