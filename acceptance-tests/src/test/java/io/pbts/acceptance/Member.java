package io.pbts.acceptance;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A registered member of the community with keys that only it knows. */
record Member(Http gateway, String userId, String secret, String publicKey, String passkey) {

    static Member register(Http gateway, String userId) {
        var client = IndependentClient.get();
        JsonNode keys = client.ask("keygen", Map.of());
        String secret = keys.path("secret").asString();
        String instance =
                gateway.get("/health").expect(200).json().path("instance_id").asString();
        JsonNode registration =
                client.ask("registration", Map.of("secret", secret, "instance_id", instance, "user_id", userId));
        JsonNode answer =
                gateway.postJson("/register", registration).expect(200).json();
        return new Member(
                gateway,
                userId,
                secret,
                keys.path("public_key").asString(),
                answer.path("passkey").asString());
    }

    JsonNode account() {
        return gateway.get("/user/" + userId).expect(200).json();
    }

    long uploaded() {
        return account().path("total_uploaded").asLong();
    }

    long downloaded() {
        return account().path("total_downloaded").asLong();
    }

    Tracker tracker() {
        return new Tracker(gateway, "/" + passkey);
    }

    Http.Answer report(Object receipts) {
        return gateway.post(
                "/report",
                Map.of("Content-Type", "application/json", "X-PBTS-Passkey", passkey),
                Stack.JSON.writeValueAsBytes(Map.of("user_id", userId, "receipts", receipts)));
    }
}
