package io.pbts.reputation.apikey;

import io.pbts.support.Refusal;
import io.pbts.support.access.Scope;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An API key as it is asked for: a name that can be shown, what it is good for, and for how long. */
record ApiKeyRequest(String name, Set<Scope> scopes, Optional<Duration> life) {
    /** Printable, so that a list of keys reads as it is: no control, format or private characters, no line ends. */
    private static final Pattern NAME = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,64}");

    /** As an account asks for its own keys: with scopes that it may give. */
    static ApiKeyRequest read(
            @Nullable String name, @Nullable List<String> scopes, @Nullable Integer expiresInDays, int maxDays) {
        ApiKeyRequest named = read(name, Scope.owners(), expiresInDays, maxDays);
        return new ApiKeyRequest(named.name(), scopes(scopes), named.life());
    }

    /** With scopes that are decided already. */
    static ApiKeyRequest read(@Nullable String name, Set<Scope> scopes, @Nullable Integer expiresInDays, int maxDays) {
        if (name == null || !NAME.matcher(name).matches() || !name.equals(name.strip())) {
            throw new Refusal(
                    400, "invalid-name", "Invalid name: 1 to 64 printable characters, no blanks at either end");
        }
        if (expiresInDays != null && (expiresInDays < 1 || expiresInDays > maxDays)) {
            throw new Refusal(400, "invalid-expiry", "Invalid expires_in_days: 1 to %d, or none".formatted(maxDays));
        }
        return new ApiKeyRequest(
                name, scopes, Optional.ofNullable(expiresInDays).map(Duration::ofDays));
    }

    private static Set<Scope> scopes(@Nullable List<String> words) {
        if (words == null || words.isEmpty() || words.size() > Scope.owners().size()) {
            throw invalidScopes();
        }
        var scopes = EnumSet.noneOf(Scope.class);
        for (String word : words) {
            scopes.add(Optional.ofNullable(word)
                    .flatMap(Scope::of)
                    .filter(Scope::isOwners)
                    .orElseThrow(ApiKeyRequest::invalidScopes));
        }
        return scopes;
    }

    private static Refusal invalidScopes() {
        return new Refusal(400, "invalid-scopes", "Invalid scopes: some of report, torrents, account:read");
    }
}
