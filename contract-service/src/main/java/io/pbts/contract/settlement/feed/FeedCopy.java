package io.pbts.contract.settlement.feed;

import io.pbts.support.Feed;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.transaction.annotation.Transactional;

/** Copies pages of a feed; items and cursor are one transaction, so none is missed and none is copied twice. */
abstract class FeedCopy<T> {
    private final String feed;
    private final FeedCursors cursors;
    private final Clock clock;

    FeedCopy(String feed, FeedCursors cursors, Clock clock) {
        this.feed = feed;
        this.cursors = cursors;
        this.clock = clock;
    }

    String cursor() {
        return cursors.of(feed);
    }

    /** Stores nothing when the feed stands elsewhere by now: another replica has copied the page. */
    @Transactional
    public void store(String from, Feed<T> page) {
        if (!cursors.advance(feed, from, page.cursor())) {
            return;
        }
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        for (T item : page.items()) {
            keep(item, now);
        }
    }

    abstract void keep(T item, OffsetDateTime now);
}
