package io.pbts.support.access;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A caller as the claim {@code caller} of a gateway's token. What is not exactly such a claim is refused. */
final class CallerClaim {
    static final String NAME = "caller";

    private CallerClaim() {}

    static Map<String, Object> of(Caller caller) {
        var claim = new LinkedHashMap<String, Object>();
        switch (caller) {
            case Caller.Anonymous(var address) -> put(claim, "anonymous", address);
            case Caller.Admin(var address) -> put(claim, "admin", address);
            case Caller.Account account -> {
                put(claim, "account", account.address());
                claim.put("account_id", Long.toString(account.accountId()));
                claim.put("user_id", account.userId());
                claim.put(
                        "scopes",
                        account.scopes().stream().map(Scope::wire).sorted().toList());
                claim.put("credential", account.credential().wire());
                claim.put("credential_id", account.credentialId());
            }
            case Caller.Sibling(var service) ->
                throw new IllegalArgumentException("a service speaks for itself: " + service);
        }
        return claim;
    }

    /** Throws {@link IllegalArgumentException} for anything that {@link #of} would not have made. */
    static Caller read(@Nullable Object claim) {
        if (!(claim instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException("caller is not an object");
        }
        InetAddress address = InetAddress.ofLiteral(text(fields, "address"));
        return switch (text(fields, "kind")) {
            case "anonymous" -> new Caller.Anonymous(address);
            case "admin" -> new Caller.Admin(address);
            case "account" ->
                new Caller.Account(
                        address,
                        Long.parseLong(text(fields, "account_id")),
                        text(fields, "user_id"),
                        scopes(fields.get("scopes")),
                        credential(text(fields, "credential")),
                        text(fields, "credential_id"));
            default -> throw new IllegalArgumentException("unknown kind of caller");
        };
    }

    private static void put(Map<String, Object> claim, String kind, InetAddress address) {
        claim.put("kind", kind);
        claim.put("address", address.getHostAddress());
    }

    private static String text(Map<?, ?> fields, String name) {
        if (fields.get(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IllegalArgumentException("caller has no " + name);
    }

    private static Set<Scope> scopes(@Nullable Object names) {
        if (!(names instanceof List<?> list)) {
            throw new IllegalArgumentException("caller has no scopes");
        }
        return list.stream()
                .map(name -> Scope.of(String.valueOf(name))
                        .orElseThrow(() -> new IllegalArgumentException("caller has an unknown scope")))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Caller.Credential credential(String wire) {
        return Arrays.stream(Caller.Credential.values())
                .filter(known -> known.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("caller has an unknown credential"));
    }
}
