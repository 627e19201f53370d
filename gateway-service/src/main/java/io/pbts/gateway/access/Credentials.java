package io.pbts.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** What a request shows of who sends it, before any of it is believed. Taken away from what travels on, kept for the checks. */
public final class Credentials {
    static final String PASSKEY = "X-PBTS-Passkey";
    private static final String ATTRIBUTE = Credentials.class.getName();
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]{1,4096}=*) *");

    private final List<String> authorizations;
    private final List<String> passkeys;

    private Credentials(List<String> authorizations, List<String> passkeys) {
        this.authorizations = List.copyOf(authorizations);
        this.passkeys = List.copyOf(passkeys);
    }

    static Credentials of(HttpHeaders headers) {
        return new Credentials(
                headers.getOrEmpty(HttpHeaders.AUTHORIZATION),
                headers.getOrEmpty(PASSKEY).stream()
                        .filter(value -> !value.isBlank())
                        .toList());
    }

    void remember(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** Those of an exchange that passed the door. */
    public static Credentials of(ServerWebExchange exchange) {
        Credentials shown = exchange.getAttribute(ATTRIBUTE);
        if (shown == null) {
            throw new IllegalStateException("a request that did not pass the door");
        }
        return shown;
    }

    /** Whoever shows two is two people to two readers. */
    boolean areSeveral() {
        return authorizations.size() + passkeys.size() > 1;
    }

    boolean hasAuthorization() {
        return !authorizations.isEmpty();
    }

    /** The token of {@code Authorization: Bearer} (RFC 6750, 2.1); empty when there is none, or something else. */
    Optional<String> bearer() {
        return authorizations.stream()
                .map(BEARER::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(found -> found.group(1))
                .findFirst();
    }

    /** What tells one credential from another without being one. */
    public Optional<String> fingerprint() {
        return authorizations.isEmpty() && passkeys.isEmpty()
                ? Optional.empty()
                : Optional.of(fingerprint(String.join("\n", authorizations) + "\n\n" + String.join("\n", passkeys)));
    }

    /** SHA-256 in hex. */
    public static String fingerprint(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
