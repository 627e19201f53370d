package io.pbts.announce.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.accounting.AccountDeltas.Delta;
import io.pbts.announce.accounting.LedgerClient.Batch;
import io.pbts.announce.accounting.LedgerClient.Counted;
import io.pbts.support.FactUnavailable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnnouncedFlushTest {
    private final AccountDeltas deltas = new AccountDeltas();
    private final List<Batch> sent = new ArrayList<>();
    private boolean away;
    private final AtomicInteger ids = new AtomicInteger();
    private final AnnouncedFlush flush = new AnnouncedFlush(
            deltas,
            this::take,
            () -> new UUID(0, ids.incrementAndGet()),
            new AccountingProperties(
                    URI.create("http://reputation"), 64, Duration.ofDays(1), Duration.ofSeconds(3), 2));

    private Counted take(Batch batch) {
        sent.add(batch);
        if (away) {
            throw new FactUnavailable("reputation-service", null);
        }
        return new Counted(true);
    }

    @Test
    void mergesWhatAnAccountAddsIntoOneEntry() {
        deltas.add(1, 5, 7);
        deltas.add(2, 1, 0);
        deltas.add(1, 10, 20);
        flush.flush();
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().entries()).containsExactlyInAnyOrder(new Delta(1, 15, 27), new Delta(2, 1, 0));
        flush.flush();
        assertThat(sent).as("nothing new").hasSize(1);
    }

    @Test
    void sendsTheSameBatchUntilItIsAnsweredAndLosesNothingMeanwhile() {
        away = true;
        deltas.add(1, 5, 7);
        flush.flush();
        deltas.add(1, 100, 100);
        flush.flush();
        away = false;
        flush.flush();
        flush.flush();
        assertThat(sent.subList(1, 3)).containsOnly(sent.getFirst());
        assertThat(sent.getLast().batchId()).isNotEqualTo(sent.getFirst().batchId());
        assertThat(sent.getLast().entries()).containsExactly(new Delta(1, 100, 100));
    }

    @Test
    void cutsWhatIsTooMuchForOneBatch() {
        for (long account = 1; account <= 500; account++) {
            deltas.add(account, account, 0);
        }
        flush.flush();
        assertThat(sent).hasSize(250);
        assertThat(sent.stream().flatMap(batch -> batch.entries().stream()).map(Delta::accountId))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.iterate(1L, id -> id + 1).limit(500).toList());
        assertThat(sent.stream().map(Batch::batchId)).doesNotHaveDuplicates();
    }

    @Test
    void tellsTheRestAtTheEnd() {
        flush.start();
        deltas.add(1, 5, 7);
        flush.stop();
        assertThat(sent.getLast().entries()).containsExactly(new Delta(1, 5, 7));
    }
}
