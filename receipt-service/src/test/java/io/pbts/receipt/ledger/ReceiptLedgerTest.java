package io.pbts.receipt.ledger;

import static io.pbts.receipt.ledger.LedgerFixture.MIB;
import static io.pbts.receipt.ledger.LedgerFixture.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.protocol.merkle.LogTree;
import io.pbts.receipt.ledger.LedgerFixture.Seen;
import io.pbts.receipt.ledger.Redemption.State;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.World;
import io.pbts.support.FactUnavailable;
import java.sql.SQLException;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiptLedgerTest {
    private static final Seen CREDITED = new Seen(State.CREDITED, true);
    private static final Seen HELD = new Seen(State.HELD, true);

    private World world;
    private LedgerFixture fixture;

    @BeforeAll
    void start() {
        world = World.create();
        fixture = new LedgerFixture(world, 4, 3);
    }

    @AfterAll
    void stop() {
        fixture.close();
        world.close();
    }

    @Test
    void creditsSenderAndReceiverOfAReceiptTogether() {
        Peer sender = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        Redemption done = fixture.redeem(sender, fixture.entries(sender, receiver, 0, 3));
        assertThat(seen(done).values()).containsOnly(CREDITED).hasSize(3);
        assertThat(done.caller().up()).isEqualTo(3 * MIB);
        assertThat(world.up(sender)).isEqualTo(3 * MIB);
        assertThat(world.down(receiver)).isEqualTo(3 * MIB);
        assertThat(world.down(sender) + world.up(receiver)).isZero();
        assertBooksBalance();
    }

    @Test
    void answersARepeatWithThePresentStateAndChangesNothing() {
        Peer sender = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        List<LedgerEntry> entries = fixture.entries(sender, receiver, 10, 12);
        fixture.redeem(sender, entries);
        List<Long> before = world.books();
        Redemption repeat = fixture.redeem(sender, entries);
        assertThat(seen(repeat).values()).containsOnly(new Seen(State.CREDITED, false));
        assertThat(world.books()).isEqualTo(before);
    }

    @Test
    void paysAReceiverOncePerPieceWhoeverSentIt() {
        Peer first = world.peer(World.GIB);
        Peer second = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        fixture.redeem(first, List.of(fixture.entry(first, receiver, 20)));
        Redemption late = fixture.redeem(second, List.of(fixture.entry(second, receiver, 20)));
        assertThat(seen(late).values()).containsExactly(new Seen(State.CREDITED, false));
        assertThat(world.up(second)).isZero();
    }

    @Test
    void holdsWhatGoesOverTheOverdraftAndEverythingBehindIt() {
        Peer sender = world.peer(World.GIB);
        Peer newcomer = world.peer(0);
        // 0.5 x 128 MiB = the overdraft of 64 MiB; the 129th is over it
        Redemption done = fixture.redeem(sender, fixture.entries(sender, newcomer, 0, 130));
        assertThat(seen(done).values().stream().filter(CREDITED::equals)).hasSize(128);
        assertThat(seen(done).get(fixture.entry(sender, newcomer, 128).key())).isEqualTo(HELD);
        assertThat(seen(done).get(fixture.entry(sender, newcomer, 129).key())).isEqualTo(HELD);
        assertThat(world.held(newcomer)).isEqualTo(2 * MIB);
        assertThat(seen(fixture.redeem(sender, fixture.entries(sender, newcomer, 128, 129)))
                        .values())
                .containsExactly(new Seen(State.HELD, false));
        assertBooksBalance();
    }

    @Test
    void judgesEntriesInReportOrderNotInKeyOrder() {
        Peer sender = world.peer(World.GIB);
        Peer newcomer = world.peer(0);
        fixture.redeem(sender, fixture.entries(sender, newcomer, 0, 127));
        List<LedgerEntry> backwards =
                List.of(fixture.entry(sender, newcomer, 900), fixture.entry(sender, newcomer, 800));
        Redemption done = fixture.redeem(sender, backwards);
        assertThat(seen(done).get(backwards.get(0).key())).isEqualTo(CREDITED);
        assertThat(seen(done).get(backwards.get(1).key())).isEqualTo(HELD);
    }

    @Test
    void releasesHeldReceiptsFirstInFirstOutOnceTheReceiverHasEarned() {
        Peer sender = world.peer(World.GIB);
        Peer newcomer = world.peer(0);
        fixture.redeem(sender, fixture.entries(sender, newcomer, 0, 128));
        List<LedgerEntry> late = List.of(
                fixture.entry(sender, newcomer, 700),
                fixture.entry(sender, newcomer, 600),
                fixture.entry(sender, newcomer, 650),
                fixture.entry(sender, newcomer, 500),
                fixture.entry(sender, newcomer, 400));
        fixture.redeem(sender, late);
        assertThat(fixture.releases.release(newcomer.id())).isZero();

        world.grant(
                newcomer, 2 * MIB); // 0.5 x (128 + 4) - 2 = 64: four come free, in the order in which they were held
        assertThat(fixture.releases.release(newcomer.id())).isEqualTo(4);
        assertThat(stateOf(late.get(0))).isEqualTo(State.CREDITED);
        assertThat(stateOf(late.get(1))).isEqualTo(State.CREDITED);
        assertThat(stateOf(late.get(2))).isEqualTo(State.CREDITED);
        assertThat(stateOf(late.get(3))).isEqualTo(State.CREDITED);
        assertThat(stateOf(late.get(4))).isEqualTo(State.HELD);
        assertThat(world.held(newcomer)).isEqualTo(MIB);
        assertBooksBalance();
    }

    @Test
    void writesOneBatchPerCreditingTransactionWithTheRootOfItsRows() {
        Peer sender = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        List<LedgerEntry> entries = fixture.entries(sender, receiver, 30, 35);
        fixture.redeem(sender, entries);
        long batch = world.number("select max(batch_seq) from receipt.credit_batch");
        Bytes32 expected = LogTree.of(entries.stream()
                        .map(entry -> entry.row(World.INSTANCE).hash().bytes())
                        .toList())
                .root();
        byte[] root = world.admin()
                .sql("select rows_root from receipt.credit_batch where batch_seq = ?")
                .param(batch)
                .query(byte[].class)
                .single();
        assertThat(Bytes32.wrap(root)).isEqualTo(expected);
        assertThat(world.number("select receipt_count from receipt.credit_batch where batch_seq = " + batch))
                .isEqualTo(5);
        assertThat(world.numbers("select up from receipt.batch_delta where account_id = " + sender.id()))
                .containsExactly(5 * MIB);
    }

    @Test
    void keepsAClaimAndCreditsNothingForIt() {
        Peer sender = world.peer(World.GIB);
        fixture.ledger.redeem(World.INSTANCE, List.of(), Exhibits.NONE, sender.id(), new Claim(999, 7));
        assertThat(world.up(sender)).isZero();
        assertThat(world.number("select uploaded_delta from receipt.claim where account_id = " + sender.id()))
                .isEqualTo(999);
    }

    @Test
    void countsNothingWhenReputationDoesNotKnowAnAccount() {
        Peer sender = world.peer(World.GIB);
        Peer receiver = world.peer(World.GIB);
        world.admin()
                .sql("delete from reputation.total where account_id = ?")
                .param(receiver.id())
                .update();
        assertThatThrownBy(() -> fixture.redeem(sender, fixture.entries(sender, receiver, 40, 42)))
                .isInstanceOf(FactUnavailable.class);
        assertThat(world.number("select count(*) from receipt.receipt_key where receiver_id = " + receiver.id()))
                .isZero();
    }

    @Test
    void refusesABatchThatDoesNotBalance() throws SQLException {
        try (var connection = world.postgres().connect("receipt_app");
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("insert into receipt.credit_batch (receipt_count, rows_root) values (1, sha256(''))");
            assertThatThrownBy(connection::commit).hasMessageContaining("does not balance");
        }
    }

    private State stateOf(LedgerEntry entry) {
        return fixture.ledger
                .find(World.INSTANCE, List.of(entry.key()))
                .get(entry.key())
                .state();
    }

    private void assertBooksBalance() {
        assertThat(world.books())
                .as("up, down, receipts, batches' up, batches' down")
                .containsOnly(world.books().getFirst());
    }
}
