package io.pbts.reputation.standing;

import io.pbts.protocol.account.UserId;
import java.util.Optional;

/** Names as strangers write them. */
public final class UserIds {
    private UserIds() {}

    /** Empty when no account can have the name. */
    public static Optional<UserId> parse(String name) {
        try {
            return Optional.of(new UserId(name));
        } catch (IllegalArgumentException notAllowed) {
            return Optional.empty();
        }
    }
}
