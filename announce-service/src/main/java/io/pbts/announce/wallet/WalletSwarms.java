package io.pbts.announce.wallet;

import io.pbts.announce.swarm.SwarmKey;
import io.pbts.protocol.account.EthereumAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which wallets are in which swarm. One that does not come back has left by itself after the stay of a peer. */
class WalletSwarms {
    private final JdbcClient jdbc;
    private final WalletProperties properties;
    private final Duration stay;
    private final Clock clock;

    WalletSwarms(JdbcClient jdbc, WalletProperties properties, Duration stay, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.stay = stay;
        this.clock = clock;
    }

    /**
     * Another wallet of a swarm.
     *
     * @param peerId of its client, in 40 hexadecimal digits; null when it bound none
     */
    record WalletPeer(String address, @Nullable String peerId) {}

    /** A swarm that would be one too many takes the place of the one in which the account was longest silent. */
    void enter(SwarmKey swarm, EthereumAddress wallet, long account) {
        jdbc.sql("""
                insert into wallet_member as m (info_hash, wallet, account_id, seen_at)
                values (:hash, :wallet, :account, :now)
                on conflict (info_hash, wallet) do update
                    set account_id = excluded.account_id, seen_at = greatest(m.seen_at, excluded.seen_at)
                """)
                .param("hash", swarm.bytes())
                .param("wallet", wallet.bytes().toArrayUnsafe())
                .param("account", account)
                .param("now", now())
                .update();
        jdbc.sql("""
                delete from wallet_member where (info_hash, wallet) in
                    (select m.info_hash, m.wallet from wallet_member m where m.account_id = :account
                     order by m.seen_at desc, m.info_hash offset :most)
                """)
                .param("account", account)
                .param("most", properties.swarmsPerAccount())
                .update();
    }

    void leave(SwarmKey swarm, EthereumAddress wallet) {
        jdbc.sql("delete from wallet_member where info_hash = :hash and wallet = :wallet")
                .param("hash", swarm.bytes())
                .param("wallet", wallet.bytes().toArrayUnsafe())
                .update();
    }

    /** Some of the other accounts' wallets, each set of them equally likely. */
    List<WalletPeer> others(SwarmKey swarm, long account) {
        return jdbc.sql("""
                        select m.wallet, (select b.peer_id from peer_binding b where b.wallet = m.wallet and b.expires_at > :now
                                          order by b.bound_at desc limit 1) as peer_id
                        from wallet_member m
                        where m.info_hash = :hash and m.account_id <> :account and m.seen_at > :since
                        order by random() limit :most
                        """)
                .param("hash", swarm.bytes())
                .param("account", account)
                .param("now", now())
                .param("since", since())
                .param("most", properties.maxPeers())
                .query((row, _) -> new WalletPeer(
                        new EthereumAddress(Bytes.wrap(row.getBytes("wallet"))).checksummed(),
                        hex(row.getBytes("peer_id"))))
                .list();
    }

    /** Deletes some of those that left by themselves. */
    void purge() {
        jdbc.sql("""
                delete from wallet_member where (info_hash, wallet) in
                    (select m.info_hash, m.wallet from wallet_member m where m.seen_at <= :since
                     order by m.seen_at limit :batch)
                """)
                .param("since", since())
                .param("batch", properties.purgeBatch())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private OffsetDateTime since() {
        return now().minus(stay);
    }

    private static @Nullable String hex(byte @Nullable [] peerId) {
        return peerId == null ? null : Bytes.wrap(peerId).toUnprefixedHexString();
    }
}
