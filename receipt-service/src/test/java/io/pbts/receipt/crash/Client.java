package io.pbts.receipt.crash;

import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Delivers reports as an account that has no part in them; repeats one, to whichever replica, until it is answered. */
final class Client {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Peer courier;
    private final Map<String, LongAdder> attempts = new ConcurrentSkipListMap<>();

    Client(Peer courier) {
        this.courier = courier;
    }

    /** One attempt at whatever listens there; empty when the connection broke. */
    Optional<Reply> send(int port, List<SignedReceipt> receipts) {
        return attempt(port, SignedReceipt.report(courier, receipts));
    }

    /** Repeats after broken connections and 5xx. */
    Reply deliver(List<Replica> replicas, List<SignedReceipt> receipts, Random random) {
        String report = SignedReceipt.report(courier, receipts);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Replica replica = replicas.get(random.nextInt(replicas.size()));
            Optional<Reply> reply = attempt(replica.port(), report);
            if (reply.filter(answer -> answer.status() < 500).isPresent()) {
                return reply.get();
            }
            Eventually.pause(PAUSE);
        }
        throw new AssertionError("no answer in " + PATIENCE + "; attempts: " + attempts);
    }

    /** How often an attempt ended in each status, or in none. */
    Map<String, LongAdder> attempts() {
        return attempts;
    }

    private Optional<Reply> attempt(int port, String report) {
        try {
            Reply reply = Replica.httpAt(port)
                    .postText(
                            "/report",
                            report,
                            "X-PBTS-Passkey",
                            courier.passkey().value());
            count(String.valueOf(reply.status()));
            return Optional.of(reply);
        } catch (IllegalStateException noAnswer) {
            if (!(noAnswer.getCause() instanceof IOException)) {
                throw noAnswer;
            }
            count("broken");
            return Optional.empty();
        }
    }

    private void count(String end) {
        attempts.computeIfAbsent(end, _ -> new LongAdder()).increment();
    }
}
