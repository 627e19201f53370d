package io.pbts.receipt.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.Http;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.ProductionTracker;
import io.pbts.support.testing.TestKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Pairings are what an attacker would like us to spend: strangers get none, and too many at once are refused quickly. */
class CryptoFloodTest extends ProductionTracker {
    private static final int ROUNDS = 20;
    private static final Duration QUICK = Duration.ofMillis(50);

    @Autowired
    VerifierPool pool;

    @Autowired
    SignatureProperties properties;

    @Test
    void spendsNoPairingOnACallerWhoIsNotKnown() {
        List<Http> strangers = List.of(
                http,
                http.asStranger(),
                http.asText(""),
                http.asText("e30.e30.AAAA"),
                http.asService("announce"),
                http.as(TestKeys.token("gateway", "receipt").asAdmin()),
                http.as(TestKeys.token("gateway", "contract").asAccount(sender.id(), sender.name())),
                http.as(TestKeys.token("gateway", "receipt").asApiKey(sender.id(), sender.name(), "torrents")));
        long before = pool.taken();
        for (Http stranger : strangers) {
            for (String[] headers : new String[][] {{}, {"X-PBTS-Passkey", "a".repeat(32)}, {"X-PBTS-Passkey", "x"}}) {
                assertThat(stranger.post("/report", body(), headers).status()).isBetween(400, 403);
                assertThat(stranger.post("/verify-receipt", question(), headers).status())
                        .isBetween(400, 403);
            }
        }
        assertThat(pool.taken()).isEqualTo(before);
    }

    /** The other half of the test above: the same bodies do cost a pairing when a known caller sends them. */
    @Test
    void spendsPairingsOnKnownCallers() {
        long before = pool.taken();
        String[] passkey = {"X-PBTS-Passkey", sender.passkey().value()};
        assertThat(http.post("/report", body(), passkey).codes()).containsExactly("credited");
        assertThat(http.post("/verify-receipt", question(), passkey)
                        .json()
                        .path("valid")
                        .asBoolean())
                .isTrue();
        assertThat(pool.taken()).isEqualTo(before + 2);
    }

    /** The median, since this machine may be busy with other tests; one quick refusal could be luck, most are not. */
    @Test
    void refusesWithin50MillisecondsWhenAllVerifiersAreBusy() throws Exception {
        String[] passkey = {"X-PBTS-Passkey", sender.passkey().value()};
        http.post("/verify-receipt", question(), passkey);
        long rows = WORLD.number("select count(*) from receipt.receipt");
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> held = fill(callers, release);
            try {
                assertThat(medianOf(() -> requireBusy(report(sender, draft(0).v2()))))
                        .isLessThan(QUICK);
                assertThat(medianOf(() -> requireBusy(http.post("/verify-receipt", question(), passkey))))
                        .isLessThan(QUICK);
            } finally {
                release.countDown();
            }
            for (Future<?> one : held) {
                one.get();
            }
        }
        assertThat(WORLD.number("select count(*) from receipt.receipt")).isEqualTo(rows);
        assertThat(report(sender, draft(0).v2()).codes()).containsExactly("credited");
    }

    @Test
    void refusesASecondQuestionWithin50MillisecondsWhileOneIsAnswered() throws Exception {
        String[] passkey = {"X-PBTS-Passkey", sender.passkey().value()};
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            long before = pool.taken();
            Future<?> held = callers.submit(() -> pool.runAside(() -> awaited(release)));
            try {
                eventually(() -> pool.taken() > before);
                assertThat(medianOf(() -> requireBusy(http.post("/verify-receipt", question(), passkey))))
                        .isLessThan(QUICK);
                assertThat(report(sender, draft(1).v2()).codes())
                        .as("questions keep no report waiting")
                        .containsExactly("credited");
            } finally {
                release.countDown();
            }
            held.get();
        }
    }

    /** Takes every thread and every place in the queue. */
    private List<Future<?>> fill(ExecutorService callers, CountDownLatch release) {
        int threads = properties.threads() > 0
                ? properties.threads()
                : Runtime.getRuntime().availableProcessors();
        List<Future<?>> held = new ArrayList<>();
        for (int i = 0; i < threads + properties.queue(); i++) {
            long before = pool.taken();
            held.add(callers.submit(() -> pool.run(() -> awaited(release))));
            eventually(() -> pool.taken() > before);
        }
        return held;
    }

    private static boolean awaited(CountDownLatch release) {
        try {
            release.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireBusy(Reply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
    }

    private static Duration medianOf(Runnable request) {
        List<Long> nanos = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            request.run();
            nanos.add(System.nanoTime() - start);
        }
        return Duration.ofNanos(nanos.stream().sorted().toList().get(ROUNDS / 2));
    }

    private Map<String, Object> body() {
        return Map.of("user_id", sender.name(), "receipts", List.of(draft(0).v2()));
    }

    private Map<String, Object> question() {
        Map<String, Object> receipt = draft(0).v2();
        receipt.put("sender_public_key", receipt.get("sender_pk"));
        receipt.put("receipt", receipt.get("signature"));
        return receipt;
    }
}
