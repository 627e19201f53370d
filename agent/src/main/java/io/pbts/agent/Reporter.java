package io.pbts.agent;

import io.pbts.agent.queue.ReceiptQueue;
import io.pbts.agent.queue.Waiting;
import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.Refused;
import io.pbts.agent.tracker.TrackerApi;
import io.pbts.protocol.report.StatedReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hands in what is in the queue, every few seconds and once more at the end; a tracker that is away is tried again. */
final class Reporter implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(5);

    /** Hears what came of it. */
    interface Listener {

        /** How many receipts got which code. */
        void reported(Map<String, Integer> codes);

        void failed(String reason);
    }

    private final ReceiptQueue queue;
    private final TrackerApi api;
    private final Account account;
    private final Listener listener;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread;

    Reporter(ReceiptQueue queue, TrackerApi api, Account account, Listener listener) {
        this.queue = queue;
        this.api = api;
        this.account = account;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("pbts-report").start(this::run);
    }

    private void run() {
        try {
            boolean last = false;
            while (!last) {
                last = ending.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
                reportAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reportAll() throws InterruptedException {
        try {
            for (Optional<Waiting> next = queue.next(); next.isPresent(); next = queue.next()) {
                report(next.get());
            }
        } catch (Refused | IOException e) {
            listener.failed(String.valueOf(e.getMessage()));
        }
    }

    private void report(Waiting waiting) throws IOException, InterruptedException, Refused {
        StatedReport report = new StatedReport(waiting.receipts(), List.of(), List.of(), Optional.empty());
        try {
            List<String> answers = api.report(report, account);
            queue.answered(waiting);
            Map<String, Integer> codes = new TreeMap<>();
            answers.forEach(code -> codes.merge(code, 1, Integer::sum));
            listener.reported(codes);
        } catch (Refused e) {
            if (e.status() != 400 && e.status() != 413) {
                throw e;
            }
            queue.refused(waiting);
            listener.failed("the tracker takes no such report: " + e.getMessage());
        }
    }

    /** Hands in what is left, if the tracker is there, and ends. */
    @Override
    public void close() {
        ending.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
