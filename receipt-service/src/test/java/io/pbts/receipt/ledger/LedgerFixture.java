package io.pbts.receipt.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.pbts.protocol.evidence.Evidence;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.receipt.ledger.Redemption.Outcome;
import io.pbts.receipt.ledger.Redemption.Row;
import io.pbts.receipt.ledger.Redemption.State;
import io.pbts.receipt.policy.PairCapProperties;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.TestTorrent;
import io.pbts.receipt.testing.World;
import io.pbts.support.testing.TestPostgres;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** The ledger on a real database, wired by hand, as {@code receipt_app} and without the worker's own ticking. */
final class LedgerFixture implements AutoCloseable {
    static final long MIB = 1L << 20;
    static final ReceiptDomain DOMAIN = new ReceiptDomain(Bytes32.repeat((byte) 9));

    final World world;
    final HikariDataSource pool = new HikariDataSource();
    final ReceiptLedger ledger;
    final HeldReleases releases;
    final LedgerTransactions transactions;
    final TestTorrent torrent = TestTorrent.v1("ledger", 4096, MIB, 4096 * MIB);

    LedgerFixture(World world, int connections, int attempts) {
        this(world, connections, attempts, DataSize.ofTerabytes(1));
    }

    LedgerFixture(World world, int connections, int attempts, DataSize pairCap) {
        this.world = world;
        pool.setJdbcUrl(world.postgres().url());
        pool.setUsername("receipt_app");
        pool.setPassword(TestPostgres.PASSWORD);
        pool.setMaximumPoolSize(connections);
        pool.setMinimumIdle(1);
        JdbcClient jdbc = JdbcClient.create(pool);
        var properties = new LedgerProperties(attempts, Duration.ofMillis(20), Duration.ofSeconds(1), 4, 3, 64, 3);
        this.transactions = new LedgerTransactions(
                new TransactionTemplate(new JdbcTransactionManager(pool)), new SecureRandom(), properties);
        HeldRows held = new HeldRows(jdbc);
        Balances balances = new Balances(jdbc);
        Crediting crediting = new Crediting(balances, new CreditRows(jdbc), held);
        this.releases = new HeldReleases(transactions, held, crediting, properties);
        ReceiptRows receipts = new ReceiptRows(jdbc);
        PairCaps pairs = new PairCaps(new PairDays(jdbc), receipts, new PairCapProperties(pairCap));
        this.ledger = new ReceiptLedger(
                transactions, pairs, receipts, new ExhibitRows(jdbc), crediting, releases, balances, jdbc);
    }

    /** A receipt for one piece of 1 MiB. The ledger does not verify: any bytes are a signature to it. */
    LedgerEntry entry(Peer sender, Peer receiver, int piece) {
        return entry(sender, receiver, 0, piece);
    }

    LedgerEntry entry(Peer sender, Peer receiver, int download, int piece) {
        PieceIndex index = new PieceIndex(piece);
        var pieces = torrent.v1().pieces();
        var receipt = new ReceiptV2(
                DOMAIN,
                torrent.v1().infoHash(),
                sender.key(),
                receiver.key(),
                index,
                pieces.lengthOf(index),
                pieces.hashOf(index),
                1_763_600_000L);
        return new LedgerEntry(
                torrent.torrent().id(),
                sender.account(),
                receiver.account(),
                download,
                MIB,
                receipt,
                Evidence.single(Bytes32.repeat((byte) 5)));
    }

    List<LedgerEntry> entries(Peer sender, Peer receiver, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(piece -> entry(sender, receiver, piece))
                .toList();
    }

    Redemption redeem(Peer caller, List<LedgerEntry> entries) {
        return ledger.redeem(World.INSTANCE, entries, Exhibits.NONE, caller.id(), new Claim(0, 0));
    }

    /** What became of a receipt, its row left out; no state when it is over the pair's cap. */
    record Seen(@Nullable State state, boolean first) {
        static final Seen OVER_PAIR_CAP = new Seen(null, true);

        static Seen of(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Redeemed(Row row, boolean first) -> new Seen(row.state(), first);
                case Outcome.OverPairCap _ -> OVER_PAIR_CAP;
            };
        }
    }

    static Map<LedgerKey, Seen> seen(Redemption done) {
        Map<LedgerKey, Seen> seen = new HashMap<>();
        done.outcomes().forEach((key, outcome) -> seen.put(key, Seen.of(outcome)));
        return seen;
    }

    @Override
    public void close() {
        releases.destroy();
        pool.close();
    }
}
