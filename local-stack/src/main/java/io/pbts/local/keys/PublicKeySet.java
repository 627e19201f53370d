package io.pbts.local.keys;

import io.pbts.local.directory.StackFile;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A JWK set (RFC 7517, section 5) with public keys of services. */
record PublicKeySet(List<PublicKeyEntry> entries) {
    PublicKeySet {
        entries = List.copyOf(entries);
    }

    /** The keys of a file that are what they say they are; none in a file that is no set, since it will be replaced. */
    static PublicKeySet read(String json) {
        var entries = new ArrayList<PublicKeyEntry>();
        try {
            for (JsonNode key : StackFile.JSON.readTree(json).path("keys")) {
                entry(key).ifPresent(entries::add);
            }
        } catch (JacksonException e) {
            return new PublicKeySet(List.of());
        }
        return new PublicKeySet(entries);
    }

    String json() {
        return StackFile.JSON.writeValueAsString(
                Map.of("keys", entries.stream().map(PublicKeyEntry::members).toList()));
    }

    Optional<PublicKeyEntry> twinOf(String service, PrivateKey secret) {
        return entries.stream()
                .filter(entry -> entry.service().equals(service) && entry.isTwinOf(secret))
                .findFirst();
    }

    private static Optional<PublicKeyEntry> entry(JsonNode key) {
        String kid = key.path("kid").asString("");
        try {
            var entry = new PublicKeyEntry(
                    kid.replaceFirst("\\..*", ""),
                    key.path("x").asString(""),
                    key.path("y").asString(""));
            return Optional.of(entry).filter(found -> found.kid().equals(kid));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no P-256 key
        }
    }
}
