package io.pbts.acceptance;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Values that an API description asks for: by the name where that says what is meant, else by the type. */
final class Samples {
    private static final String WALLET = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("piece_hash", HandwrittenRoutes.HASH),
            Map.entry("domain", "5a".repeat(32)),
            Map.entry("chain_account", "5a".repeat(32)),
            Map.entry("session_id", "5b".repeat(32)),
            Map.entry("session_key", "02" + "5c".repeat(32)),
            Map.entry("nonce", "5d".repeat(32)),
            Map.entry("aggregate_signature", hex(HandwrittenRoutes.SIGNATURE)),
            Map.entry("sender", hex(HandwrittenRoutes.KEY)),
            Map.entry("receiver", hex(HandwrittenRoutes.KEY)),
            Map.entry("key", hex(HandwrittenRoutes.KEY)),
            Map.entry("value", hex(HandwrittenRoutes.KEY)),
            Map.entry("sender_pk", HandwrittenRoutes.KEY),
            Map.entry("receiver_public_key", HandwrittenRoutes.KEY),
            Map.entry("sender_public_key", HandwrittenRoutes.KEY),
            Map.entry("receipt", HandwrittenRoutes.SIGNATURE),
            Map.entry("address", WALLET),
            Map.entry("userAddress", WALLET),
            Map.entry("oldContract", WALLET),
            Map.entry("referrer_address", WALLET),
            Map.entry("peer_id", "-AT0001-123456789012"),
            Map.entry("peerId", "-AT0001-123456789012"),
            Map.entry("event", "started"),
            Map.entry("kind", "bls"),
            Map.entry("purpose", "sign-in"),
            Map.entry("scopes", "report"),
            Map.entry("refresh_token", "A".repeat(43)),
            Map.entry("tag", "maps"),
            Map.entry("tags", "maps"),
            Map.entry("licence", "MIT"),
            Map.entry("description", "Of what is said of it"),
            Map.entry("reason", "a doubt"),
            Map.entry("quote", "00ff"),
            Map.entry("after", ""),
            Map.entry("q", "atlas"));
    private static final Map<String, Integer> NUMBERS = Map.of(
            "piece_size", 16_384,
            "piece_length", 16_384,
            "version", 2,
            "timestamp", 1_700_000_000,
            "signed_at", 1_700_000_000,
            "from", 1_700_000_000,
            "to", 1_700_003_600,
            "identities", 2,
            "limit", 5);

    private final JsonNode schemas;
    private final String path;
    private final Map<String, String> here;

    /**
     * @param document the description, which the schemas of its routes refer to
     * @param path of the route: below {@code /api} and {@code /admin} keys and signatures are hex, in the originals base64
     * @param here names of this installation, such as a {@code user_id} and an {@code info_hash} that exist
     */
    Samples(JsonNode document, String path, Map<String, String> here) {
        this.schemas = document.at("/components/schemas");
        this.path = path;
        this.here = here;
    }

    Object value(String name, JsonNode given) {
        JsonNode schema = resolved(given);
        if (schema.has("enum")) {
            return schema.path("enum").get(0).asString();
        }
        return switch (schema.path("type").asString("")) {
            case "object" -> object(schema, true);
            case "array" -> List.of(value(name, schema.path("items")), value(name, schema.path("items")));
            case "integer" -> NUMBERS.getOrDefault(name, 1);
            case "number" -> 0.5;
            case "boolean" -> true;
            case "string" -> text(name);
            default -> throw new AssertionError("no sample of %s in %s: %s".formatted(name, path, schema));
        };
    }

    /** With all of its fields, or with those only that are required. */
    Map<String, Object> object(JsonNode given, boolean whole) {
        JsonNode schema = resolved(given);
        Map<String, Object> fields = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(field -> {
            if (whole || isRequired(schema, field.getKey())) {
                fields.put(field.getKey(), value(field.getKey(), field.getValue()));
            }
        });
        return fields;
    }

    private static boolean isRequired(JsonNode schema, String name) {
        return schema.path("required").valueStream().anyMatch(required -> required.asString()
                .equals(name));
    }

    private JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : schemas.path(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private String text(String name) {
        boolean hexadecimal = path.startsWith("/api/") || path.startsWith("/admin/");
        return switch (name) {
            case "user_id", "username" -> here.get("user_id");
            case "info_hash", "infohash" -> here.get("info_hash");
            case "public_key" -> hexadecimal ? hex(HandwrittenRoutes.KEY) : HandwrittenRoutes.KEY;
            case "signature", "proof_of_possession" ->
                hexadecimal ? hex(HandwrittenRoutes.SIGNATURE) : HandwrittenRoutes.SIGNATURE;
            default -> Optional.ofNullable(TEXTS.get(name)).orElse("mutant");
        };
    }

    private static String hex(String base64) {
        return java.util.HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
    }
}
