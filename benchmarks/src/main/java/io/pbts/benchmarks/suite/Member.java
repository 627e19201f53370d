package io.pbts.benchmarks.suite;

import io.pbts.benchmarks.signing.Keys;
import io.pbts.benchmarks.signing.Torrent;
import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.receipt.RegistrationMessage;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A registered account with a proven BLS key. */
public record Member(UserId user, BlsSecretKey key, String passkey) {

    public static Member register(Tracker tracker, String name) throws IOException, InterruptedException {
        BlsSecretKey key = Keys.bls(name);
        var user = new UserId(name);
        var message = new RegistrationMessage(tracker.instance(), user).signedBytes();
        var answer = tracker.gateway()
                .postJson(
                        "/register",
                        Map.of(
                                "user_id", name,
                                "public_key", key.publicKey().bytes().toBase64String(),
                                "signature", Bls.sign(key, message).bytes().toBase64String(),
                                "proof_of_possession",
                                        Bls.provePossession(key).bytes().toBase64String()));
        return new Member(user, key, answer.path("passkey").asString());
    }

    public void upload(Tracker tracker, Torrent torrent) throws IOException, InterruptedException {
        var headers = Map.of("Content-Type", "application/x-bittorrent", "X-PBTS-Passkey", passkey);
        tracker.gateway().post("/api/v1/torrents", headers, torrent.metainfo().toArrayUnsafe());
    }

    public JsonNode account(Tracker tracker) throws IOException, InterruptedException {
        return tracker.gateway().get("/user/" + user.value());
    }

    @Override
    public String toString() {
        return user.value();
    }
}
