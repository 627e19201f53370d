package io.pbts.contract.history;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.EthereumAddress;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Whose history is where. */
@Repository
class HistoryRows {
    private static final String FOLLOW = """
            update history_account h
               set state = 'found', submission_id = null, failures = h.failures + case when s.state = 'failed' then 1 else 0 end
              from submission s
             where s.submission_id = h.submission_id and s.state in ('mined', 'final', 'failed')""";

    private final JdbcClient jdbc;
    private final Clock clock;

    HistoryRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Where reading goes on; empty when this predecessor was never read. */
    OptionalLong nextBlock(EthereumAddress predecessor) {
        return jdbc.sql("select next_block from history_scan where predecessor = :predecessor")
                .param("predecessor", predecessor.bytes().toArray())
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    void readUpTo(EthereumAddress predecessor, long nextBlock) {
        jdbc.sql("""
                insert into history_scan (predecessor, next_block) values (:predecessor, :next)
                on conflict (only_row) do update set predecessor = excluded.predecessor, next_block = excluded.next_block""")
                .param("predecessor", predecessor.bytes().toArray())
                .param("next", nextBlock)
                .update();
    }

    void found(Collection<ChainAccount> accounts) {
        jdbc.sql("""
                insert into history_account (chain_account, found_at) select n.account, :now from unnest(:accounts) as n (account)
                on conflict (chain_account) do nothing""")
                .param("accounts", array(accounts))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** It goes before the others, and once more when a reorganization took its copy back. */
    void want(ChainAccount account) {
        found(List.of(account));
        jdbc.sql("""
                update history_account set wanted = true, state = case state when 'copied' then 'found' else state end
                 where chain_account = :account and (not wanted or state = 'copied')""").param("account", account.bytes().toArray()).update();
    }

    /** Takes back what is decided on the chain; whether it is copied is then asked of the ledger. */
    void follow() {
        jdbc.sql(FOLLOW).update();
    }

    boolean isOneUnderWay() {
        return jdbc.sql("select exists (select from history_account where state = 'submitted')")
                .query(Boolean.class)
                .single();
    }

    /** The next to be copied, a quarter as many for each time that the ledger refused their batch. */
    List<ChainAccount> next(int most) {
        return jdbc.sql("""
                with first as (
                    select failures from history_account where state = 'found' order by wanted desc, failures, found_at limit 1)
                select h.chain_account from history_account h join first f on f.failures = h.failures
                 where h.state = 'found'
                 order by h.wanted desc, h.found_at, h.chain_account
                 limit (select greatest(1, :most >> least(30, 2 * failures)) from first)""")
                .param("most", most)
                .query((row, _) -> ChainAccount.ofBytes(row.getBytes("chain_account")))
                .list();
    }

    int failures(ChainAccount account) {
        return jdbc.sql("select failures from history_account where chain_account = :account")
                .param("account", account.bytes().toArray())
                .query(Integer.class)
                .single();
    }

    void submitted(List<ChainAccount> accounts, long submission) {
        jdbc.sql("""
                update history_account set state = 'submitted', submission_id = :submission
                 where state = 'found' and chain_account = any (:accounts)""")
                .param("submission", submission)
                .param("accounts", array(accounts))
                .update();
    }

    void settle(Collection<ChainAccount> accounts, String state) {
        jdbc.sql("update history_account set state = :state where state = 'found' and chain_account = any (:accounts)")
                .param("state", state)
                .param("accounts", array(accounts))
                .update();
    }

    private static SqlArrayValue array(Collection<ChainAccount> accounts) {
        Object[] values =
                accounts.stream().map(account -> account.bytes().toArray()).toArray(byte[][]::new);
        return new SqlArrayValue("bytea", values);
    }
}
