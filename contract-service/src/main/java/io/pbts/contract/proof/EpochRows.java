package io.pbts.contract.proof;

import io.pbts.contract.proof.SettledEpoch.Part;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Reads epochs back: which settlements carry one, its batches, and what each part adds to the accounts. */
@Repository
class EpochRows {
    private static final String PARTS = """
            select s.seq, s.root, s.from_position, s.to_position, s.part, s.complete,
                s.state in ('mined', 'final') as on_chain, l.contract, l.contract_seq
            from settlement s join settlement_in_ledger l on l.seq = s.seq
            where s.to_position = (select w.to_position from settlement w where w.seq = :seq)
            order by s.part""";
    private static final String BATCHES = """
            select batch_seq, position, receipt_count, rows_root from credit_item
            where position between :from and :to order by position limit :limit""";
    /** What is a whole epoch is the sum of its batches. */
    private static final String SUMS_OF_BATCHES = """
            select d.chain_account, sum(d.up)::bigint as up, sum(d.down)::bigint as down
            from credit_item i join credit_delta d on d.batch_seq = i.batch_seq
            where i.position between :from and :to
            group by d.chain_account""";

    private static final String SUMS_OF_PART = "select chain_account, up, down from settlement_delta where seq = :seq";

    private static final String SETTLED = """
            select i.batch_seq, i.position, s.seq
            from credit_item i
                cross join lateral (select w.seq, w.from_position, w.state from settlement w
                    where w.part = 1 and w.to_position >= i.position order by w.to_position limit 1) s
            where i.batch_seq = any (:batches) and s.from_position <= i.position and s.state in ('mined', 'final')
            order by i.position""";

    /**
     * A batch that the chain has.
     *
     * @param seq of the first settlement that carries its epoch
     */
    record Settled(long batch, long position, long seq) {}

    /** A credited batch. */
    record Batch(long number, long position, int rows, Bytes32 root) {}

    private record Row(EthereumAddress contract, long from, long to, Part part) {}

    private final JdbcClient jdbc;

    EpochRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The epoch that the settlement of this number carries or is a part of. */
    Optional<SettledEpoch> of(long seq) {
        List<Row> rows = jdbc.sql(PARTS)
                .param("seq", seq)
                .query((row, _) -> new Row(
                        new EthereumAddress(Bytes.wrap(row.getBytes("contract"))),
                        row.getLong("from_position"),
                        row.getLong("to_position"),
                        new Part(
                                row.getLong("seq"),
                                row.getLong("contract_seq"),
                                row.getInt("part"),
                                row.getBoolean("complete"),
                                row.getBoolean("on_chain"),
                                new EpochRoot(Bytes32.wrap(row.getBytes("root"))))))
                .list();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new SettledEpoch(
                        rows.getFirst().contract(),
                        rows.getFirst().from(),
                        rows.getFirst().to(),
                        rows.stream().map(Row::part).toList()));
    }

    Optional<EpochRoot> rootOf(long seq) {
        return jdbc.sql("select root from settlement where seq = :seq")
                .param("seq", seq)
                .query((row, _) -> new EpochRoot(Bytes32.wrap(row.getBytes("root"))))
                .optional();
    }

    /** Those of these batches that the chain has, in the order of their positions. */
    List<Settled> settled(List<Long> batches) {
        return jdbc.sql(SETTLED)
                .param("batches", new SqlArrayValue("bigint", batches.toArray()))
                .query((row, _) -> new Settled(row.getLong("batch_seq"), row.getLong("position"), row.getLong("seq")))
                .list();
    }

    long receipts(SettledEpoch epoch) {
        return jdbc.sql("select sum(receipt_count) from credit_item where position between :from and :to")
                .param("from", epoch.fromPosition())
                .param("to", epoch.toPosition())
                .query(Long.class)
                .single();
    }

    /** Batches from one position on, in their order, at most so many. */
    List<Batch> batches(long from, long to, int limit) {
        return jdbc.sql(BATCHES)
                .param("from", from)
                .param("to", to)
                .param("limit", limit)
                .query((row, _) -> new Batch(
                        row.getLong("batch_seq"),
                        row.getLong("position"),
                        row.getInt("receipt_count"),
                        Bytes32.wrap(row.getBytes("rows_root"))))
                .list();
    }

    /** What a part adds to the accounts, in no order. */
    List<AccountSum> sums(SettledEpoch epoch, Part part) {
        var statement = part.isWhole()
                ? jdbc.sql(SUMS_OF_BATCHES).param("from", epoch.fromPosition()).param("to", epoch.toPosition())
                : jdbc.sql(SUMS_OF_PART).param("seq", part.seq());
        return statement
                .query((row, _) -> new AccountSum(
                        ChainAccount.ofBytes(row.getBytes("chain_account")), row.getLong("up"), row.getLong("down")))
                .list();
    }
}
