package io.pbts.announce.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.Bencoded;
import io.pbts.announce.testing.FakeReputation;
import io.pbts.announce.testing.RawClient;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.protocol.account.Passkey;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How standings reach the gate, with reputation-service over HTTP and NOTIFY over a real Postgres. */
class AdmissionOverHttpTest {
    private static final String BUSY = "The tracker cannot check your passkey now, try again soon";

    private static TrackerFixture tracker;
    private static int accounts;

    private final Passkey passkey = TrackerFixture.newPasskey();
    private final int account = ++accounts;
    private final Bytes hash = Bytes.repeat((byte) account, 20);

    /** The feed is read every half minute only, so that nothing but the other ways explains a change. */
    @BeforeAll
    static void start() {
        tracker = new TrackerFixture("local", "--pbts.admission.refresh=30s");
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    @BeforeEach
    void everythingIsReachable() {
        tracker.reputation().away(false);
        tracker.reputation().feedSilent(false);
        await().until(() -> signalConnections("count(*)") == 1);
        await().until(() -> failureOf(TrackerFixture.newPasskey()).equals("Unknown passkey"));
    }

    private void set(boolean allowed, String ratio, long owed, Passkey... passkeys) {
        tracker.reputation().set(account, "user-" + account, allowed, ratio, owed, passkeys);
    }

    private int signalConnections(String aggregate) throws SQLException {
        try (Connection connection = tracker.database().superuser();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select " + aggregate
                        + " from pg_stat_activity where application_name = 'announce-service signals'"
                        + " and datname = current_database() and query = 'listen standing_changed'")) {
            result.next();
            return result.getInt(1);
        }
    }

    private Bencoded announce(Passkey by) {
        return tracker.get(Announce.of(hash, 6881).by(by).target()).body();
    }

    /** Empty when the announce was served. */
    private String failureOf(Passkey by) {
        return announce(by).failure().orElse("");
    }

    private void notifyChange() throws SQLException {
        try (Connection connection = tracker.database().superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("notify standing_changed");
        }
    }

    @Test
    void letsAChangedRatioDecideWithinASecondOfTheNotification() throws SQLException {
        set(true, "1.00", 0, passkey);
        assertThat(announce(passkey).failure()).isEmpty();
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            boolean allowed = i % 2 == 1;
            set(allowed, "0.40", 10, passkey);
            notifyChange();
            long notified = System.nanoTime();
            await().pollInterval(Duration.ofMillis(10))
                    .until(() -> announce(passkey).failure().isEmpty() == allowed);
            delays.add(Duration.ofNanos(System.nanoTime() - notified));
        }
        delays.sort(null);
        assertThat(delays.get(3)).as("median of %s", delays).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void readsTheFeedAgainWhenItsSignalConnectionWasLost() throws SQLException {
        set(false, "0.40", 10, passkey);
        notifyChange();
        await().until(() -> announce(passkey).failure().isPresent());
        assertThat(signalConnections("count(pg_terminate_backend(pid))")).isEqualTo(1);
        set(true, "0.50", 0, passkey);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> announce(passkey).failure().isEmpty());
    }

    @Test
    void asksOnceForAPasskeyThatTheFeedHasNotToldOfWhileItsRequestWaits() {
        int before = tracker.reputation().questions();
        tracker.reputation().feedSilent(true);
        set(true, "1.00", 0, passkey);
        for (int i = 0; i < 20; i++) {
            assertThat(announce(passkey).failure()).isEmpty();
        }
        assertThat(tracker.reputation().questions() - before).isEqualTo(1);
    }

    @Test
    void remembersThatAPasskeyIsUnknownUntilTheFeedKnowsBetter() throws SQLException {
        int before = tracker.reputation().questions();
        for (int i = 0; i < 20; i++) {
            assertThat(announce(passkey).failure()).contains("Unknown passkey");
        }
        assertThat(tracker.reputation().questions() - before).isEqualTo(1);
        set(true, "1.00", 0, passkey);
        notifyChange();
        await().until(() -> announce(passkey).failure().isEmpty());
    }

    @Test
    void keepsTheOrderOfRequestsOfWhichOneWaits() throws Exception {
        tracker.reputation().feedSilent(true);
        set(true, "1.00", 0, passkey);
        try (var client = new RawClient(tracker.direct())) {
            client.send(request(Announce.of(hash, 1).by(passkey).seeding())
                    + request(Announce.of(hash, 2).by(TrackerFixture.newPasskey()))
                    + request(Announce.of(hash, 3)));
            assertThat(client.read().body().ports()).isEmpty();
            assertThat(client.read().body().failure()).contains("Unknown passkey");
            assertThat(client.read().body().ports()).containsExactly(1);
        }
    }

    private static String request(Announce announce) {
        return "GET " + announce.target() + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    @Test
    void answersAWaitingClientThatHasClosedItsHalf() throws Exception {
        try (var client = new RawClient(tracker.direct())) {
            client.send(request(Announce.of(hash, 2).by(passkey)));
            client.endOutput();
            assertThat(client.read().body().failure()).contains("Unknown passkey");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void keepsTheLastStandingWhileReputationServiceIsAwayAndTellsOthersToComeBackSoon() throws SQLException {
        Passkey poor = TrackerFixture.newPasskey();
        set(true, "1.00", 0, passkey);
        tracker.reputation().set(account + 1000, "poor", false, "0.10", 7, poor);
        notifyChange();
        await().until(() -> tracker.bean(StandingCache.class).byUser("poor") != null);
        tracker.reputation().away(true);
        await().pollDelay(Duration.ofSeconds(6)).until(() -> true); // longer than a single answer is kept

        assertThat(announce(passkey).failure()).isEmpty();
        assertThat(announce(poor).failure()).contains("Insufficient ratio: 0.10 < 0.50; seed 7 more bytes");
        Bencoded unknown = announce(TrackerFixture.newPasskey());
        assertThat(unknown.failure()).contains(BUSY);
        assertThat(unknown.integer("interval")).isLessThanOrEqualTo(60);
    }

    @Test
    void startsWhileReputationServiceIsAwayAndRecovers() throws Exception {
        var database = tracker.database();
        try (var other = new TrackerFixture(
                "local",
                database,
                "--pbts.admission.refresh=200ms",
                "--pbts.admission.reputation-url=http://127.0.0.1:9")) {
            assertThat(other.get(Announce.of(hash, 6881).by(passkey).target())
                            .body()
                            .failure())
                    .contains(BUSY);
            assertThat(other.get(Announce.of(hash, 6881).target()).body().failure())
                    .isEmpty();
        }
        tracker.reputation().away(true);
        assertThat(announce(passkey).failure()).contains(BUSY);
        tracker.reputation().away(false);
        await().atMost(Duration.ofSeconds(20)).until(() -> failureOf(passkey).equals("Unknown passkey"));
    }

    @Test
    void forgetsAPasskeyThatWasReplaced() throws SQLException {
        Passkey fresh = TrackerFixture.newPasskey();
        set(true, "1.00", 0, passkey);
        notifyChange();
        await().until(() -> announce(passkey).failure().isEmpty());
        set(true, "1.00", 0, fresh);
        notifyChange();
        await().until(() -> announce(fresh).failure().isEmpty());
        await().atMost(Duration.ofSeconds(20)).until(() -> failureOf(passkey).equals("Unknown passkey"));
    }

    @Test
    void refusesAPasskeyFromTheSecondOnInWhichItExpires() throws SQLException {
        Passkey fresh = TrackerFixture.newPasskey();
        long end = Clock.systemUTC().millis() / 1000 + 3;
        tracker.reputation().setExpiring(account, "user-" + account, Map.of(passkey, end), List.of(passkey, fresh));
        notifyChange();
        await().until(() -> announce(passkey).failure().isEmpty());
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> failureOf(passkey).equals("Unknown passkey"));
        assertThat(Clock.systemUTC().millis()).isBetween(end * 1000, (end + 2) * 1000);
        assertThat(announce(fresh).failure()).isEmpty();
    }

    @Test
    void refusesAnExpiredPasskeyThatItHadToAskForAndWhileReputationServiceIsAway() {
        long end = Clock.systemUTC().millis() / 1000 + 2;
        tracker.reputation().feedSilent(true);
        tracker.reputation().setExpiring(account, "user-" + account, Map.of(passkey, end), List.of(passkey));
        assertThat(announce(passkey).failure()).isEmpty();
        tracker.reputation().away(true);
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> failureOf(passkey).equals("Unknown passkey"));
        assertThat(Clock.systemUTC().millis()).isBetween(end * 1000, (end + 2) * 1000);
    }

    @Test
    void rotatesThePasskeyKeyWithoutARestart() throws Exception {
        String newKey = "5b1e".repeat(3) + FakeReputation.KEY.substring(12);
        Passkey younger = TrackerFixture.newPasskey();
        Passkey asked = TrackerFixture.newPasskey();
        try (var other = new TrackerFixture("local", "--pbts.admission.refresh=200ms")) {
            other.reputation().set(1, "old", true, "1.00", 0, passkey);
            other.reputation().hashUnder(newKey);
            other.reputation().set(2, "young", true, "1.00", 0, younger);
            await().until(() -> failure(other, passkey).isEmpty());
            assertThat(failure(other, younger)).isEqualTo("Unknown passkey");

            Files.writeString(other.secrets().resolve("pbts.passkey-key"), newKey + "\n" + FakeReputation.KEY + "\n");
            await().until(() -> failure(other, younger).isEmpty());
            assertThat(failure(other, passkey)).isEmpty();
            other.reputation().hashUnder(FakeReputation.KEY);
            other.reputation().feedSilent(true);
            other.reputation().set(3, "asked", true, "1.00", 0, asked);
            assertThat(failure(other, asked)).isEmpty();

            Files.writeString(other.secrets().resolve("pbts.passkey-key"), newKey + "\n");
            await().until(() -> failure(other, passkey).equals("Unknown passkey"));
            assertThat(failure(other, younger)).isEmpty();
        }
    }

    private String failure(TrackerFixture at, Passkey by) {
        return at.get(Announce.of(hash, 6881).by(by).target()).body().failure().orElse("");
    }

    @Test
    void survivesAFloodOfMadeUpPasskeys() throws Exception {
        set(true, "1.00", 0, passkey);
        notifyChange();
        await().until(() -> announce(passkey).failure().isEmpty());
        List<RawClient> flood = new ArrayList<>();
        try {
            for (int i = 0; i < 400; i++) {
                var client = new RawClient(tracker.direct());
                flood.add(client);
                client.send(request(Announce.of(hash, 6881).by(TrackerFixture.newPasskey())));
            }
            assertThat(announce(passkey).failure()).isEmpty();
            for (RawClient client : flood) {
                assertThat(client.read().body().failure()).get().isIn(BUSY, "Unknown passkey");
            }
        } finally {
            for (RawClient client : flood) {
                client.close();
            }
        }
    }
}
