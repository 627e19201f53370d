package io.pbts.reputation.account.grant;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.reputation.standing.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Wallets whose balance decides over their grant and is not known yet. */
@Repository
public class PendingGrants {
    private final JdbcClient jdbc;
    private final Clock clock;

    PendingGrants(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    record PendingGrant(AccountId account, EthereumAddress wallet) {}

    /** Puts a wallet in line; in the transaction that opens its account. */
    public void add(AccountId account, EthereumAddress wallet) {
        jdbc.sql("insert into pending_grant (account_id, address, next_look) values (:account, :address, :now)")
                .param("account", account.value())
                .param("address", wallet.bytes().toArray())
                .param("now", now())
                .update();
    }

    /**
     * The wallets that have waited longest, each for one caller: nobody else gets them before the next look, and none is
     * locked while the chain is asked.
     */
    List<PendingGrant> take(int most, Duration untilNextLook) {
        return jdbc.sql("""
                update pending_grant g set next_look = :next
                from (select d.account_id from pending_grant d where d.next_look <= :now
                    order by d.next_look limit :most for update skip locked) due
                where g.account_id = due.account_id
                returning g.account_id, g.address
                """)
                .param("now", now())
                .param("next", now().plus(untilNextLook))
                .param("most", most)
                .query((row, _) -> new PendingGrant(
                        new AccountId(row.getLong("account_id")),
                        new EthereumAddress(Bytes.wrap(row.getBytes("address")))))
                .list();
    }

    /** Ends the waiting, with 0 bytes without a grant. False when somebody else did. */
    boolean decide(AccountId account, long creditBytes) {
        return jdbc.sql("select decide_grant(:account, :bytes)")
                .param("account", account.value())
                .param("bytes", creditBytes)
                .query(Boolean.class)
                .single();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
