package io.pbts.reputation.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.AccountKey;
import io.pbts.reputation.ReputationApplication;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.Signer;
import io.pbts.reputation.TestSession;
import io.pbts.reputation.TestUser;
import io.pbts.reputation.standing.AccountId;
import io.pbts.support.access.Caller;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestPostgres;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** How a session is renewed and how it ends. */
class SessionLifeTest extends RunningService {
    @Autowired
    private Sessions sessions;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private final Signer signer = Signer.freshWallet();
    private TestSession session;

    @BeforeEach
    void signedIn() {
        signer.enrol(DATABASE, "life-" + Signer.SIGNERS.incrementAndGet());
        session = TestSession.of(signer.signIn(client()));
    }

    private Reply refresh(TestSession held) {
        return post("/api/v1/sessions/refresh", TestUser.json(held.refreshForm()));
    }

    private static void assertRefused(String code, Reply reply) {
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.text("code")).isEqualTo(code);
    }

    @Test
    void aRefreshTokenIsRotatedWithinTheSameSession() {
        var renewed = TestSession.of(refresh(session));
        var again = TestSession.of(refresh(renewed));

        assertThat(renewed.refreshToken()).isNotEqualTo(session.refreshToken());
        assertThat(again.id()).isEqualTo(renewed.id()).isEqualTo(session.id());
        assertThat(again.accountId()).isEqualTo(session.accountId());
        assertThat(again.claims().getJWTID()).isNotEqualTo(renewed.claims().getJWTID());
    }

    @Test
    void aDeadTokenUsedAgainEndsTheWholeSessionAndNoOther() {
        var other = TestSession.of(signer.signIn(client()));
        var renewed = TestSession.of(refresh(session));

        assertRefused("refresh-replayed", refresh(session));
        assertRefused("refresh-unknown", refresh(renewed));
        assertRefused("refresh-unknown", refresh(session));
        assertThat(refresh(other).status()).isEqualTo(201);
    }

    @Test
    void ofSixteenThreadsWithOneTokenOneIsRenewedAndTheSessionEnds() throws Exception {
        Callable<Reply> refresh = () -> refresh(session);

        try (var threads = Executors.newFixedThreadPool(16)) {
            var replies = threads.invokeAll(Collections.nCopies(16, refresh)).stream()
                    .map(future -> future.resultNow())
                    .toList();
            var renewed =
                    replies.stream().filter(reply -> reply.status() == 201).toList();
            assertThat(renewed).hasSize(1);
            assertThat(replies)
                    .filteredOn(reply -> reply.text("code").equals("refresh-replayed"))
                    .hasSize(1);
            assertRefused("refresh-unknown", refresh(TestSession.of(renewed.getFirst())));
        }
    }

    @Test
    void anExpiredOrInventedTokenIsUnknown() {
        sql("update reputation.refresh_token set expires_at = now() where session_id = decode('%s', 'hex')"
                .formatted(session.id()));

        assertRefused("refresh-unknown", refresh(session));
        assertRefused("refresh-unknown", refresh(new TestSession("", "A".repeat(43))));
        assertRefused("refresh-unknown", refresh(new TestSession("", "short")));
        assertThat(post("/api/v1/sessions/refresh", "{}").text("code")).isEqualTo("missing-field");
    }

    @Test
    void aSessionEndsByItsHoldersWishAndAtOnce() {
        ServiceClient holder = client().as(session.token());

        Reply ended = holder.delete("/api/v1/sessions/current");
        assertThat(ended.status()).isEqualTo(204);
        assertRefused("refresh-unknown", refresh(session));
        assertRefused("session-ended", holder.delete("/api/v1/sessions/current"));
        assertRefused("session-ended", holder.get("/api/v1/account/api-keys"));
    }

    @Test
    void onlyASessionEndsItself() {
        assertRefused("credentials-missing", client().delete("/api/v1/sessions/current"));
        Reply byKey = client().as(TestKeys.token("gateway", "reputation")
                        .asApiKey(session.accountId(), "x", "report", "torrents", "account:read"))
                .delete("/api/v1/sessions/current");
        assertThat(byKey.status()).isEqualTo(403);
    }

    @Test
    void theGatewayLearnsWhoseASessionIsUntilItEnds() {
        String route = "/internal/v1/sessions/";
        Reply open = client().get(route + session.id());
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.body().toString()).isEqualTo("{\"account_id\":%d}".formatted(session.accountId()));

        client().as(session.token()).delete("/api/v1/sessions/current");
        var expired = TestSession.of(signer.signIn(client()));
        sql("update reputation.session set expires_at = now() where session_id = decode('%s', 'hex')"
                .formatted(expired.id()));
        for (String id : List.of(session.id(), expired.id(), "00".repeat(16), "00", "nonsense")) {
            Reply ended = client().get(route + id);
            assertThat(ended.status()).as(id).isEqualTo(404);
            assertThat(ended.text("code")).isEqualTo("session-ended");
        }
    }

    @Test
    void nobodyButTheGatewayLearnsWhoseASessionIs() {
        String route = "/internal/v1/sessions/" + session.id();

        for (String service : List.of("announce", "receipt", "contract")) {
            assertThat(client().as(TestKeys.token(service, "reputation"))
                            .get(route)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(client().as(TestKeys.visitor("reputation")).get(route).status())
                .isEqualTo(403);
        assertThat(client().as(session.token()).get(route).status()).isEqualTo(403);
    }

    @Test
    void theSessionIdOfOneAccountIsNoneOfAnothers() {
        Signer other = Signer.freshBls();
        other.enrol(DATABASE, "other-" + Signer.SIGNERS.incrementAndGet());
        var theirs = TestSession.of(other.signIn(client()));
        var mixed = TestKeys.token("gateway", "reputation")
                .with(
                        "caller",
                        Map.of(
                                "kind", "account",
                                "address", "192.0.2.1",
                                "account_id", Long.toString(session.accountId()),
                                "user_id", "x",
                                "scopes", List.of(),
                                "credential", "session",
                                "credential_id", theirs.id()));

        assertRefused("session-ended", client().as(mixed).get("/api/v1/account/api-keys"));
    }

    @Test
    void sessionsEndWithTheKeyThatOpenedThemOrWithAllOfTheirAccount() {
        var second = TestSession.of(signer.signIn(client()));
        Signer stranger = Signer.freshBls();
        stranger.enrol(DATABASE, "stranger-" + Signer.SIGNERS.incrementAndGet());
        var theirs = TestSession.of(stranger.signIn(client()));

        assertThat(sessions.endOpenedWith(signer.key())).isEqualTo(2);
        assertRefused("refresh-unknown", refresh(session));
        assertRefused("refresh-unknown", refresh(second));
        assertThat(sessions.endAll(new AccountId(theirs.accountId()))).isEqualTo(1);
        assertRefused("refresh-unknown", refresh(theirs));
    }

    /** Revoking and signing in at once: whoever comes first, no session of the revoked key is left. */
    @Test
    void aSessionThatIsBeingOpenedDoesNotSurviveTheRevocationOfItsKey() throws Exception {
        AccountKey key = signer.key();
        var revoked = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var revoking = threads.submit(() -> transaction.executeWithoutResult(_ -> {
                jdbc.sql("update account_key set revoked_at = now() where public_key = :key")
                        .param("key", key.bytes().toArrayUnsafe())
                        .update();
                sessions.endOpenedWith(key);
                revoked.countDown();
                await(asked);
            }));
            await(revoked);
            var signingIn = threads.submit(() -> signer.signIn(client()));
            waitForALock();
            asked.countDown();
            revoking.get(10, TimeUnit.SECONDS);

            assertRefused("key-revoked", signingIn.get(10, TimeUnit.SECONDS));
            assertThat(sessions.endOpenedWith(key)).isZero();
        }
    }

    @Test
    void aSessionThatIsHeldIsEndedAfterwards() throws Exception {
        var caller = new Caller.Account(
                InetAddress.ofLiteral("192.0.2.1"),
                session.accountId(),
                "x",
                Set.of(),
                Caller.Credential.SESSION,
                session.id());
        var held = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = threads.submit(() -> transaction.executeWithoutResult(_ -> {
                sessions.hold(caller);
                held.countDown();
                await(asked);
            }));
            await(held);
            var ending = threads.submit(() -> sessions.endAll(new AccountId(session.accountId())));
            waitForALock();
            assertThat(ending.isDone()).isFalse();
            asked.countDown();
            working.get(10, TimeUnit.SECONDS);
            assertThat(ending.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    /** The two take the same rows; in another order Postgres would have to shoot one of them. */
    @Test
    void refreshingAndEndingAtOnceNeverWaitForEachOther() throws Exception {
        var account = new AccountId(session.accountId());
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 40; round++) {
                var held = TestSession.of(signer.signIn(client()));
                var refreshing = threads.submit(() -> refresh(held).status());
                var ending = threads.submit(() -> sessions.endAll(account));
                assertThat(refreshing.get(10, TimeUnit.SECONDS)).isIn(201, 401);
                assertThat(ending.get(10, TimeUnit.SECONDS)).isBetween(1, 2);
                assertRefused("refresh-unknown", refresh(held));
            }
        }
    }

    @Test
    void aSessionIsRefreshedAsOftenAsTheSettingSaysAndNotOnceMore() {
        var twice = new SessionProperties(Duration.ofMinutes(15), Duration.ofDays(30), 32, 2, 100);
        var shortLived = new SessionOpening(jdbc, transaction, twice, new SecureRandom(), Clock.systemUTC());
        OpenSession first = shortLived.open(signer.key());
        OpenSession second = renewed(shortLived.refresh(first.refreshToken()));
        OpenSession third = renewed(shortLived.refresh(second.refreshToken()));

        assertThat(shortLived.refresh(third.refreshToken())).isInstanceOf(Refreshed.WornOut.class);
        assertThat(shortLived.refresh(third.refreshToken())).isInstanceOf(Refreshed.Unknown.class);
    }

    @Test
    void expiredSessionsAndDeadTokensAreSwept() {
        var renewed = TestSession.of(refresh(session));
        sql("update reputation.refresh_token set expires_at = now() - interval '1 s' where used");
        while (sessions.purge()) {
            assertThat(refresh(renewed).status()).isEqualTo(201);
        }
        assertThat(count("select count(*) from reputation.refresh_token where used and expires_at < now()"))
                .isZero();

        sql("update reputation.session set expires_at = now() - interval '1 s' where session_id = decode('%s', 'hex')"
                .formatted(session.id()));
        sessions.purge();
        assertRefused("refresh-unknown", refresh(renewed));
    }

    @Test
    void challengesAndSessionsOutliveARestart() {
        Reply challenge = signer.challenge(client(), "sign-in");
        try (var replica = SpringApplication.run(
                ReputationApplication.class,
                "--server.port=0",
                "--spring.profiles.active=production",
                "--pbts.public-url=http://tracker.example:8000",
                "--pbts.sign-in.chain-id=31337",
                "--pbts.secrets-dir=" + secrets(),
                "--spring.datasource.url=" + DATABASE.url(),
                "--spring.datasource.hikari.maximum-pool-size=2",
                "--pbts.db.app-password=" + TestPostgres.PASSWORD,
                "--pbts.db.owner-password=" + TestPostgres.PASSWORD,
                "--pbts.passkey-key=" + PASSKEY_KEY)) {
            var service =
                    new ServiceClient(replica.getEnvironment().getRequiredProperty("local.server.port", Integer.class));

            TestSession.of(service.post("/api/v1/sessions", TestUser.json(signer.answer(challenge))));
            TestSession.of(service.post("/api/v1/sessions/refresh", TestUser.json(session.refreshForm())));
            assertRefused("refresh-replayed", refresh(session));
        }
    }

    private static OpenSession renewed(Refreshed refreshed) {
        assertThat(refreshed).isInstanceOf(Refreshed.Renewed.class);
        return ((Refreshed.Renewed) refreshed).session();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void waitForALock() {
        Awaitility.await()
                .until(() -> count(
                                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                        > 0);
    }
}
