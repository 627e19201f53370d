package io.pbts.acceptance;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An Ethereum wallet outside PBTS. */
record Wallet(String address, String secret) {

    static Wallet create() {
        JsonNode made = IndependentClient.get().ask("wallet", Map.of());
        return new Wallet(made.path("address").asString(), made.path("secret").asString());
    }

    /** {@code personal_sign}. */
    String sign(String text) {
        return signature(Map.of("secret", secret, "text", text));
    }

    /** The twin signature with s in the upper half of the order, which ECDSA itself would accept. */
    String signHigh(String text) {
        return signature(Map.of("secret", secret, "text", text, "high_s", true));
    }

    private static String signature(Map<String, ?> arguments) {
        return IndependentClient.get()
                .ask("personal_sign", arguments)
                .path("signature")
                .asString();
    }

    @Override
    public String toString() {
        return address;
    }
}
