package io.pbts.contract.settlement;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.EthereumAddress;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Freezes that were ended, and what was taken note of. Rows never change. */
@Repository
class EndedFreezes {
    /**
     * One of them.
     *
     * @param note the operator's; absent when ledger and records agreed
     * @param difference that was taken note of
     */
    record Row(
            Instant endedAt,
            String reason,
            String ending,
            @Nullable String note,
            @Nullable String difference) {}

    /** What was taken note of, the ledger's less ours. */
    record Noted(BigInteger up, BigInteger down, long receipts) {}

    private static final String NOTED = """
            select coalesce(sum(up_difference), 0) as up, coalesce(sum(down_difference), 0) as down,
                coalesce(sum(receipts_difference), 0)::bigint as receipts
            from ended_freeze where ledger = :ledger and chain_account is not distinct from :account""";

    private final JdbcClient jdbc;
    private final Clock clock;

    EndedFreezes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Noted ofTotals(EthereumAddress ledger) {
        return noted(ledger, null);
    }

    Noted ofAccount(EthereumAddress ledger, ChainAccount account) {
        return noted(ledger, account.bytes().toArray());
    }

    void agreed(EthereumAddress ledger, String reason) {
        insert(ledger, reason, Optional.empty(), Optional.empty());
    }

    void acknowledged(EthereumAddress ledger, String reason, String note, Optional<Difference> difference) {
        insert(ledger, reason, Optional.of(note), difference);
    }

    /** The newest first. */
    List<Row> newest(int limit) {
        return jdbc.sql("""
                        select ended_at, reason, ending, note, difference from ended_freeze
                        order by freeze_id desc limit :limit""").param("limit", limit).query((row, _) -> row(row)).list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("ended_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                row.getString("ending"),
                row.getString("note"),
                row.getString("difference"));
    }

    private Noted noted(EthereumAddress ledger, byte @Nullable [] account) {
        return jdbc.sql(NOTED)
                .param("ledger", ledger.bytes().toArray())
                .param("account", account, Types.BINARY)
                .query((row, _) -> new Noted(
                        row.getBigDecimal("up").toBigIntegerExact(),
                        row.getBigDecimal("down").toBigIntegerExact(),
                        row.getLong("receipts")))
                .single();
    }

    private void insert(EthereumAddress ledger, String reason, Optional<String> note, Optional<Difference> difference) {
        BigInteger up = BigInteger.ZERO;
        BigInteger down = BigInteger.ZERO;
        long receipts = 0;
        byte[] account = null;
        switch (difference.orElse(null)) {
            case Difference.OfTotals(var moreUp, var moreDown, var more, var _) -> {
                up = moreUp;
                down = moreDown;
                receipts = more;
            }
            case Difference.OfAccount(var whose, var moreUp, var moreDown, var _) -> {
                account = whose.bytes().toArray();
                up = moreUp;
                down = moreDown;
            }
            case Difference.OfSettlements _ -> throw new IllegalArgumentException("nothing can be settled upon that");
            case null -> {}
        }
        jdbc.sql("""
                        insert into ended_freeze (ledger, reason, ending, note, difference, chain_account, up_difference,
                            down_difference, receipts_difference, ended_at)
                        values (:ledger, :reason, :ending, :note, :difference, :account, :up, :down, :receipts, :now)""")
                .param("ledger", ledger.bytes().toArray())
                .param("reason", reason)
                .param("ending", note.isPresent() ? "acknowledged" : "agreed")
                .param("note", note.orElse(null), Types.VARCHAR)
                .param("difference", difference.map(Difference::sentence).orElse(null), Types.VARCHAR)
                .param("account", account, Types.BINARY)
                .param("up", new BigDecimal(up))
                .param("down", new BigDecimal(down))
                .param("receipts", receipts)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
