package io.pbts.receipt.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.TestTorrent;
import io.pbts.receipt.testing.World;
import io.pbts.support.testing.TestPostgres;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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
        this.world = world;
        pool.setJdbcUrl(world.postgres().url());
        pool.setUsername("receipt_app");
        pool.setPassword(TestPostgres.PASSWORD);
        pool.setMaximumPoolSize(connections);
        JdbcClient jdbc = JdbcClient.create(pool);
        var properties = new LedgerProperties(attempts, Duration.ofMillis(20), Duration.ofSeconds(1), 4, 3, 64);
        this.transactions = new LedgerTransactions(
                new TransactionTemplate(new JdbcTransactionManager(pool)), new SecureRandom(), properties);
        HeldRows held = new HeldRows(jdbc);
        Crediting crediting = new Crediting(new Balances(jdbc), new CreditRows(jdbc), held);
        this.releases = new HeldReleases(transactions, held, crediting, properties);
        this.ledger = new ReceiptLedger(transactions, new ReceiptRows(jdbc), crediting, releases, jdbc);
    }

    /** A receipt for one piece of 1 MiB. The ledger does not verify: any bytes are a signature to it. */
    LedgerEntry entry(Peer sender, Peer receiver, int piece) {
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
                torrent.torrent().id(), sender.account(), receiver.account(), MIB, receipt, Bytes32.repeat((byte) 5));
    }

    List<LedgerEntry> entries(Peer sender, Peer receiver, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(piece -> entry(sender, receiver, piece))
                .toList();
    }

    Redemption redeem(Peer caller, List<LedgerEntry> entries) {
        return ledger.redeem(World.INSTANCE, entries, caller.id(), new Claim(0, 0));
    }

    @Override
    public void close() {
        releases.destroy();
        pool.close();
    }
}
