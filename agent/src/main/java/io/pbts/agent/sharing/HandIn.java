package io.pbts.agent.sharing;

import io.pbts.agent.cli.Folders;
import io.pbts.agent.queue.Queues;
import io.pbts.agent.queue.ReceiptQueue;
import io.pbts.agent.queue.Waiting;
import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.Refused;
import io.pbts.agent.tracker.TrackerApi;
import io.pbts.agent.tracker.TrackerApi.Instance;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Hands in what waits, report by report. */
public final class HandIn {

    private static final int MOST_PER_REPORT = 512;

    /** Hears what came of it. */
    public interface Listener {

        /** How many receipts got which code. */
        void reported(Map<String, Integer> codes);

        /** A report that the tracker will never take; it is put aside. */
        void putAside(String reason);
    }

    private final Queues queues;
    private final TrackerApi api;
    private final Account account;
    private final Listener listener;

    public HandIn(Queues queues, TrackerApi api, Account account, Listener listener) {
        this.queues = queues;
        this.api = api;
        this.account = account;
        this.listener = listener;
    }

    /** The queues of this tracker; their folder must be locked. */
    public static Queues queues(Folders folders, Instance instance) throws IOException {
        return Queues.open(folders.receipts(), instance.domain(), instance.earlier(), most(instance));
    }

    /** Receipts that go to this tracker in one report, and so the most that one signature may cover. */
    static int most(Instance instance) {
        return Math.min(MOST_PER_REPORT, instance.maxReceipts());
    }

    /** Goes on until nothing waits, or the tracker is not there or takes nothing. */
    public void all() throws IOException, InterruptedException, Refused {
        for (ReceiptQueue queue : queues.all()) {
            for (Optional<Waiting> next = queue.next(); next.isPresent(); next = queue.next()) {
                report(queue, next.get());
            }
        }
    }

    private void report(ReceiptQueue queue, Waiting waiting) throws IOException, InterruptedException, Refused {
        List<String> answers;
        try {
            answers = api.report(waiting.report(), queue.domain(), account);
        } catch (Refused e) {
            if (e.status() != 400 && e.status() != 413) {
                throw e;
            }
            queue.refused(waiting);
            listener.putAside("the tracker takes no such report: " + e.getMessage());
            return;
        }
        queue.answered(waiting, answers);
        Map<String, Integer> codes = new TreeMap<>();
        answers.forEach(code -> codes.merge(code, 1, Integer::sum));
        listener.reported(codes);
    }
}
