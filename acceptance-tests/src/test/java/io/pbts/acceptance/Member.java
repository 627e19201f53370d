package io.pbts.acceptance;

import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A registered member of the community with keys that only it knows. */
record Member(Http gateway, String userId, String secret, String publicKey, String passkey) {

    private static final Duration HISTORY = Duration.ofSeconds(60);

    static Member register(Http gateway, String userId) {
        JsonNode keys = IndependentClient.get().ask("keygen", Map.of());
        String secret = keys.path("secret").asString();
        JsonNode answer = post(gateway, userId, secret).expect(200).json();
        return new Member(
                gateway,
                userId,
                secret,
                keys.path("public_key").asString(),
                answer.path("passkey").asString());
    }

    /** The same key and name on another tracker, which may still be copying its history. */
    Member again(Http elsewhere) {
        Http.Answer answer = Await.until(
                userId + " on another tracker",
                HISTORY,
                () -> post(elsewhere, userId, secret),
                registered -> registered.status() != 503);
        return new Member(
                elsewhere,
                userId,
                secret,
                publicKey,
                answer.expect(200).json().path("passkey").asString());
    }

    /** What a key that nobody has seen is answered under that name. */
    static Http.Answer attempt(Http gateway, String userId) {
        return post(
                gateway,
                userId,
                IndependentClient.get().ask("keygen", Map.of()).path("secret").asString());
    }

    private static Http.Answer post(Http gateway, String userId, String secret) {
        String instance =
                gateway.get("/health").expect(200).json().path("instance_id").asString();
        JsonNode registration = IndependentClient.get()
                .ask("registration", Map.of("secret", secret, "instance_id", instance, "user_id", userId));
        return gateway.postJson("/register", registration);
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
