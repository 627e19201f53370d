package io.pbts.reputation.session;

import io.pbts.protocol.account.UserId;
import io.pbts.reputation.standing.AccountId;

/** A session that was just opened or refreshed, with the one refresh token that is good for it now. */
record OpenSession(SessionId id, AccountId account, UserId user, RefreshToken refreshToken) {}
