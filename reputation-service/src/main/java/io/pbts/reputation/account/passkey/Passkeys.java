package io.pbts.reputation.account.passkey;

import io.pbts.protocol.account.PasskeyHash;
import io.pbts.reputation.session.Sessions;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Passkeys of accounts that exist. Their ends are whole seconds, which is how others are told of them. */
@Repository
class Passkeys {
    private final JdbcClient jdbc;
    private final Sessions sessions;
    private final PasskeyProperties properties;
    private final Clock clock;

    Passkeys(JdbcClient jdbc, Sessions sessions, PasskeyProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.sessions = sessions;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Puts a passkey in the place of those that work, and says when these end at the latest.
     *
     * @throws Refusal when too many of them are in their grace
     */
    @Transactional
    public Instant rotate(Caller.Account caller, PasskeyHash hash, Duration grace) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant end = now.truncatedTo(ChronoUnit.SECONDS).plus(grace);
        String outcome = jdbc.sql("select rotate_passkey(:account, :hash, :now, :end, :most)")
                .param("account", caller.accountId())
                .param("hash", hash.bytes().toArray())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("end", end.atOffset(ZoneOffset.UTC))
                .param("most", properties.mostInGrace())
                .query(String.class)
                .single();
        sessions.hold(caller); // after the account's row: everybody locks in this order
        if (outcome.equals("too-many")) {
            throw new Refusal(
                    409,
                    "too-many-passkeys",
                    "%d replaced passkeys still work; wait, or end them with grace_seconds 0"
                            .formatted(properties.mostInGrace()));
        }
        return end;
    }
}
