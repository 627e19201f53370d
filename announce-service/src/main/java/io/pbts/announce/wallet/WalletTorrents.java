package io.pbts.announce.wallet;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.Refusal;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Registered torrents with the wallets in their swarms. */
class WalletTorrents {
    private static final Pattern CURSOR = Pattern.compile("[1-9]\\d{0,17}");

    private final JdbcClient jdbc;
    private final WalletProperties properties;
    private final Duration stay;
    private final Clock clock;

    WalletTorrents(JdbcClient jdbc, WalletProperties properties, Duration stay, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.stay = stay;
        this.clock = clock;
    }

    /**
     * A torrent.
     *
     * @param infoHash the v1 one where there is one, in hexadecimal digits
     * @param peerCount wallets in its swarm
     * @param peers some of their addresses
     */
    record Listed(long sequence, String infoHash, String name, String description, long peerCount, List<String> peers) {
        Listed {
            peers = List.copyOf(peers);
        }
    }

    /** Torrents that are served, the newest first; {@code before} is empty or the sequence of the last one of a page. */
    List<Listed> before(String before, int limit) {
        OffsetDateTime since = clock.instant().atOffset(ZoneOffset.UTC).minus(stay);
        return jdbc.sql("""
                        select t.torrent_seq, coalesce(t.info_hash_v1, t.info_hash_v2) as info_hash, t.name, t.description,
                               members.number, members.wallets
                        from torrent t cross join lateral (
                            select count(*) as number, (array_agg(m.wallet order by m.seen_at desc))[1:(:most)::int] as wallets
                            from wallet_member m
                            where m.info_hash = coalesce(t.info_hash_v1, substring(t.info_hash_v2 from 1 for 20))
                              and m.seen_at > :since
                        ) members
                        where t.moderation = 'approved' and t.torrent_seq < :before
                        order by t.torrent_seq desc limit :limit
                        """)
                .param("most", properties.maxPeers())
                .param("since", since)
                .param("before", before.isEmpty() ? Long.MAX_VALUE : sequence(before))
                .param("limit", limit)
                .query((row, _) -> new Listed(
                        row.getLong("torrent_seq"),
                        Bytes.wrap(row.getBytes("info_hash")).toUnprefixedHexString(),
                        row.getString("name"),
                        row.getString("description"),
                        row.getLong("number"),
                        addresses(row.getArray("wallets"))))
                .list();
    }

    private static List<String> addresses(@Nullable Array wallets) throws SQLException {
        List<String> addresses = new ArrayList<>();
        if (wallets != null) {
            for (byte[] wallet : (byte[][]) wallets.getArray()) {
                addresses.add(new EthereumAddress(Bytes.wrap(wallet)).checksummed());
            }
        }
        return addresses;
    }

    private static long sequence(String cursor) {
        if (!CURSOR.matcher(cursor).matches()) {
            throw new Refusal(400, "invalid-cursor", "cursor is not one that this list handed out");
        }
        return Long.parseLong(cursor);
    }
}
