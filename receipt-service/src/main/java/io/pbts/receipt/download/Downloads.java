package io.pbts.receipt.download;

import io.pbts.protocol.torrent.TorrentId;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Opens further downloads, and says to which one a receipt belongs. Rows come in and never change. */
@Component
public class Downloads {
    private static final int LOCK_SPACE = 0x444f574e; // "DOWN"
    private static final String FIND = """
            select d.torrent_id, d.receiver_id, d.counts_from, d.number
              from download d where d.torrent_id = any (:torrents) and d.receiver_id = any (:receivers)""";
    private static final String LAST = """
            select d.number, d.counts_from from download d
             where d.torrent_id = :torrent and d.receiver_id = :receiver order by d.number desc limit 1""";
    private static final String OPEN = """
            insert into download (torrent_id, receiver_id, number, counts_from)
            values (:torrent, :receiver, :number, :countsFrom)""";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final DownloadProperties properties;
    private final Clock clock;

    Downloads(JdbcClient jdbc, TransactionOperations transactions, DownloadProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * A further download.
     *
     * @param number 1 for the first after the original one
     * @param countsFrom receipts signed at or after this second belong to it
     */
    record Opened(int number, long countsFrom) {}

    /** Whether a further download was opened, and if not, why. */
    sealed interface Opening {
        record Done(Opened opened) implements Opening {}

        /** The torrent had its last one. */
        record NoneLeft(int most) implements Opening {}

        /** The last one is too young. */
        record TooSoon(long nextAt) implements Opening {}
    }

    /** The further downloads that these receivers opened of these torrents. */
    public OpenDownloads of(Collection<TorrentId> torrents, Collection<Long> receivers) {
        OpenDownloads found = new OpenDownloads();
        if (torrents.isEmpty() || receivers.isEmpty()) {
            return found;
        }
        Object[] ids = torrents.stream().map(id -> id.bytes().toArray()).toArray(byte[][]::new);
        jdbc.sql(FIND)
                .param("torrents", new SqlArrayValue("bytea", ids))
                .param("receivers", new SqlArrayValue("bigint", receivers.toArray()))
                .query(row -> {
                    found.add(
                            TorrentId.ofBytes(row.getBytes("torrent_id")),
                            row.getLong("receiver_id"),
                            row.getLong("counts_from"),
                            row.getInt("number"));
                });
        return found;
    }

    /** Opens the next download of a torrent, in the receiver's own name. */
    Opening open(TorrentId torrent, long receiver) {
        Opening done = transactions.execute(_ -> openNow(torrent, receiver));
        if (done == null) {
            throw new IllegalStateException("a transaction answers something");
        }
        return done;
    }

    private Opening openNow(TorrentId torrent, long receiver) {
        jdbc.sql("select pg_advisory_xact_lock(:space, :receiver)")
                .param("space", LOCK_SPACE)
                .param("receiver", Long.hashCode(receiver))
                .query()
                .singleRow();
        Optional<Opened> last = jdbc.sql(LAST)
                .param("torrent", torrent.bytes().toArray())
                .param("receiver", receiver)
                .query((row, _) -> new Opened(row.getInt("number"), row.getLong("counts_from")))
                .optional();
        int number = last.map(Opened::number).orElse(0) + 1;
        if (number > properties.most()) {
            return new Opening.NoneLeft(properties.most());
        }
        long now = clock.instant().getEpochSecond();
        long nextAt = last.map(
                        opened -> opened.countsFrom() + properties.every().toSeconds())
                .orElse(now);
        if (now < nextAt) {
            return new Opening.TooSoon(nextAt);
        }
        // From the next second on: what was signed in this one may still be of the download before.
        var opened = new Opened(number, now + 1);
        jdbc.sql(OPEN)
                .param("torrent", torrent.bytes().toArray())
                .param("receiver", receiver)
                .param("number", opened.number())
                .param("countsFrom", opened.countsFrom())
                .update();
        return new Opening.Done(opened);
    }
}
