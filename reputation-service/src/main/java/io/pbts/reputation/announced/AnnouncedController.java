package io.pbts.reputation.announced;

import io.pbts.reputation.announced.AnnouncedBytes.Delta;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** announce-service tells what clients said; a batch that comes twice counts once. */
@RestController
@Tag(name = "internal")
class AnnouncedController {
    private final AnnouncedBytes bytes;
    private final AnnouncedProperties properties;

    AnnouncedController(AnnouncedBytes bytes, AnnouncedProperties properties) {
        this.bytes = bytes;
        this.properties = properties;
    }

    /** What the clients of one account added to their counters since the batch before, in bytes. */
    record AnnouncedEntry(long accountId, long uploaded, long downloaded) {}

    /**
     * A batch.
     *
     * @param batchId chosen by the sender, the same when it sends the batch again
     * @param entries each account once
     */
    record AnnouncedBatch(UUID batchId, List<AnnouncedEntry> entries) {}

    /**
     * What became of it.
     *
     * @param counted false for a batch that had been counted before
     */
    record AnnouncedAnswer(boolean counted) {}

    @Allow(value = Who.SERVICE, services = "announce")
    @PostMapping("/internal/v1/announced")
    AnnouncedAnswer announced(@RequestBody AnnouncedBatch batch) {
        requireWellFormed(batch.batchId(), batch.entries());
        List<Delta> deltas = batch.entries().stream()
                .map(entry -> new Delta(entry.accountId(), entry.uploaded(), entry.downloaded()))
                .toList();
        return new AnnouncedAnswer(bytes.count(batch.batchId(), deltas));
    }

    private void requireWellFormed(@Nullable UUID id, @Nullable List<AnnouncedEntry> entries) {
        if (id == null || entries == null) {
            throw new Refusal(400, "invalid-batch", "batch_id and entries are required");
        }
        if (entries.size() > properties.maxEntries()) {
            throw new Refusal(413, "too-many-entries", "At most " + properties.maxEntries() + " entries");
        }
        boolean negative = entries.stream().anyMatch(entry -> entry.uploaded() < 0 || entry.downloaded() < 0);
        long accounts =
                entries.stream().mapToLong(AnnouncedEntry::accountId).distinct().count();
        if (negative || accounts != entries.size()) {
            throw new Refusal(400, "invalid-batch", "Each account stands in a batch once, with bytes from 0 on");
        }
    }
}
