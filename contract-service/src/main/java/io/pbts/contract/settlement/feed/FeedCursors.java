package io.pbts.contract.settlement.feed;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far each feed was read. */
@Repository
class FeedCursors {
    private final JdbcClient jdbc;

    FeedCursors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty at the start. */
    String of(String feed) {
        return jdbc.sql("select cursor from feed_cursor where feed = :feed")
                .param("feed", feed)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** Returns whether the feed stood where the caller believes; of two that advance it from there, one sees true. */
    boolean advance(String feed, String from, String to) {
        jdbc.sql("insert into feed_cursor (feed, cursor) values (:feed, '') on conflict (feed) do nothing")
                .param("feed", feed)
                .update();
        return jdbc.sql("update feed_cursor set cursor = :to where feed = :feed and cursor = :from")
                        .param("feed", feed)
                        .param("from", from)
                        .param("to", to)
                        .update()
                == 1;
    }
}
