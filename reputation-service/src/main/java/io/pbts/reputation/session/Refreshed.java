package io.pbts.reputation.session;

import io.pbts.protocol.account.UserId;

/** What came of a refresh token. */
sealed interface Refreshed {
    /** It was the live one; now its successor is. */
    record Renewed(OpenSession session) implements Refreshed {}

    /** It was used before: it or its successor is in other hands, so the session was ended. */
    record Replayed(UserId user) implements Refreshed {}

    /** The session was refreshed as often as one may be, and was ended. */
    record WornOut() implements Refreshed {}

    /** Never issued, expired, or of a session that has ended. */
    record Unknown() implements Refreshed {}
}
