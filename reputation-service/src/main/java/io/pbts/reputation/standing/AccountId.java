package io.pbts.reputation.standing;

import com.fasterxml.jackson.annotation.JsonValue;

/** The number of an account inside one instance; on chain and between trackers an account goes by its key. */
public record AccountId(@JsonValue long value) {
    public AccountId {
        if (value <= 0) {
            throw new IllegalArgumentException("not an account id: " + value);
        }
    }
}
