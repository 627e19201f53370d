package io.pbts.reputation.apikey;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key as its owner sees it afterwards: all but the key.
 *
 * @param lastUsedOn the day (UTC) on which it was last resolved; uses are not counted
 */
public record ApiKeyView(
        long id,
        String name,
        List<String> scopes,
        long createdAt,
        @Nullable Long expiresAt,
        @Nullable LocalDate lastUsedOn) {
    public ApiKeyView {
        scopes = List.copyOf(scopes);
    }
}
