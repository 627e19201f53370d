package io.pbts.reputation.signin;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.signin.LoginNonce;
import io.pbts.protocol.signin.SignedRequest;
import io.pbts.protocol.signin.SigningPurpose;
import io.pbts.protocol.signin.WalletAct;
import io.pbts.reputation.purge.Perishable;
import io.pbts.reputation.standing.AccountId;
import io.pbts.support.Refusal;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The challenges that wait for their signature. Each is taken out once: of racing answers the database lets one have it. */
@Repository
public class Challenges implements Perishable {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final SignInProperties properties;
    private final SecureRandom random;
    private final Clock clock;

    Challenges(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            SignInProperties properties,
            SecureRandom random,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.properties = properties;
        this.random = random;
        this.clock = clock;
    }

    /** A new challenge for this key. 429 when its caller's address left too many unanswered. */
    Challenge issue(Intent intent, AccountKey key, Origin origin) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var challenge = new Challenge(intent, key, LoginNonce.random(random), now, now.plus(properties.challengeFor()));
        transaction.executeWithoutResult(_ -> {
            requireFew(origin);
            insert(challenge, origin);
        });
        return challenge;
    }

    /**
     * Takes the challenge out, whatever comes of the answer; so call it outside a transaction. Refused with 401:
     * {@code challenge-unknown} (also another account's), {@code challenge-expired}, {@code wrong-purpose}.
     */
    public Challenge consume(Intent intent, LoginNonce nonce) {
        Challenge challenge = jdbc.sql("""
                delete from challenge where nonce = :nonce and (purpose <> 3 or account_id is not null)
                returning purpose, account_id, subject, kind, public_key, nonce, issued_at, expires_at
                """)
                .param("nonce", nonce.bytes().toArrayUnsafe())
                .query((row, _) -> challenge(row))
                .optional()
                .orElseThrow(Challenges::unknown);
        if (!clock.instant().isBefore(challenge.expires())) {
            throw new Refusal(401, "challenge-expired", "The challenge has expired; ask for a new one");
        }
        requireMadeFor(challenge.intent().request(), intent.request());
        if (!challenge.intent().equals(intent)) {
            throw unknown();
        }
        return challenge;
    }

    private static void requireMadeFor(SignedRequest made, SignedRequest asked) {
        if (!made.wireName().equals(asked.wireName())) {
            throw wrongPurpose(made.wireName(), asked.wireName());
        }
        if (asked instanceof WalletAct && !made.equals(asked)) {
            throw wrongPurpose("another " + made.wireName(), "this one");
        }
    }

    private static Refusal wrongPurpose(String made, String asked) {
        return new Refusal(401, "wrong-purpose", "The challenge was made for %s, not for %s".formatted(made, asked));
    }

    static Refusal unknown() {
        return new Refusal(
                401,
                "challenge-unknown",
                "No such challenge waits for this key and account: it was never made, was used, or has expired; ask for a new one");
    }

    @Override
    public boolean purge() {
        int batch = properties.purgeBatch();
        int deleted = jdbc.sql("""
                delete from challenge where slot in
                    (select c.slot from challenge c where c.expires_at < :now order by c.expires_at limit :batch)
                """)
                .param("now", offset(clock.instant()))
                .param("batch", batch)
                .update();
        return deleted == batch;
    }

    /** One address at a time, so that the bound is exact. */
    private void requireFew(Origin origin) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('challenge ' || :origin, 0))")
                .param("origin", origin.text())
                .query()
                .singleRow();
        Instant now = clock.instant();
        Waiting waiting = jdbc.sql("""
                select count(*) as challenges, min(expires_at) as first_end from challenge
                where asked_from = :origin and expires_at > :now
                """)
                .param("origin", origin.text())
                .param("now", offset(now))
                .query((row, _) ->
                        new Waiting(row.getInt("challenges"), row.getObject("first_end", OffsetDateTime.class)))
                .single();
        if (waiting.firstEnd() != null && waiting.challenges() >= properties.challengesPerAddress()) {
            throw new Refusal(
                    429,
                    "too-many-challenges",
                    "%d challenges of this address wait for their signature; answer one"
                            .formatted(waiting.challenges()),
                    Duration.between(now, waiting.firstEnd().toInstant()),
                    null);
        }
    }

    private record Waiting(int challenges, @Nullable OffsetDateTime firstEnd) {}

    private void insert(Challenge challenge, Origin origin) {
        jdbc.sql("""
                insert into challenge
                    (slot, nonce, purpose, account_id, subject, kind, public_key, asked_from, issued_at, expires_at)
                values (nextval('challenge_turn') % :slots,
                    :nonce, :purpose, :account, :subject, :kind, :key, :origin, :issued, :expires)
                on conflict (slot) do update set nonce = excluded.nonce, purpose = excluded.purpose,
                    account_id = excluded.account_id, subject = excluded.subject, kind = excluded.kind, public_key = excluded.public_key, asked_from = excluded.asked_from,
                    issued_at = excluded.issued_at, expires_at = excluded.expires_at
                """)
                .param("slots", properties.challenges())
                .param("nonce", challenge.nonce().bytes().toArrayUnsafe())
                .param("purpose", StoredRequest.numberOf(challenge.intent().request()))
                .param(
                        "account",
                        challenge.intent().account().map(AccountId::value).orElse(null),
                        Types.BIGINT)
                .param("subject", StoredRequest.subjectOf(challenge.intent().request()), Types.BINARY)
                .param("kind", challenge.key().kind().number())
                .param("key", challenge.key().bytes().toArrayUnsafe())
                .param("origin", origin.text())
                .param("issued", offset(challenge.issuedAt()))
                .param("expires", offset(challenge.expires()))
                .update();
    }

    private static Challenge challenge(ResultSet row) throws SQLException {
        int kind = row.getInt("kind");
        return new Challenge(
                intent(row),
                AccountKey.of(
                        Arrays.stream(AccountKey.Kind.values())
                                .filter(known -> known.number() == kind)
                                .findFirst()
                                .orElseThrow(),
                        Bytes.wrap(row.getBytes("public_key"))),
                new LoginNonce(Bytes.wrap(row.getBytes("nonce"))),
                row.getObject("issued_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    /** The account counts for the purpose that has one: an older version of this program leaves it as it was. */
    private static Intent intent(ResultSet row) throws SQLException {
        SignedRequest request = StoredRequest.read(row.getInt("purpose"), row.getBytes("subject"));
        return request == SigningPurpose.ADD_KEY
                ? Intent.addKeyTo(new AccountId(row.getLong("account_id")))
                : new Intent(request, Optional.empty());
    }

    private static OffsetDateTime offset(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
