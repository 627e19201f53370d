package io.pbts.receipt.ledger;

import static io.pbts.receipt.ledger.LedgerFixture.MIB;
import static io.pbts.receipt.ledger.LedgerFixture.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.ledger.LedgerFixture.Seen;
import io.pbts.receipt.ledger.Redemption.Row;
import io.pbts.receipt.ledger.Redemption.State;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A receiver that takes more than it may: blocked, and nothing of its senders' is lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverdraftTest {
    /** 0.5 x 128 MiB = the overdraft of 64 MiB: what a receiver without credit is good for. */
    private static final int HEADROOM = 128;

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
    void aReceiverThatTookThreeTimesItsHeadroomIsBlockedAndEveryReceiptIsCreditedOnceItHasEarned()
            throws InterruptedException {
        Peer newcomer = world.peer(0);
        List<Peer> senders = List.of(world.peer(World.GIB), world.peer(World.GIB), world.peer(World.GIB));
        assertThat(mayDownload(newcomer)).as("with nothing to give it may not").isFalse();
        List<LedgerEntry> receipts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            receipts.addAll(fixture.entries(senders.get(i), newcomer, i * HEADROOM, (i + 1) * HEADROOM));
        }
        for (int i = 0; i < 3; i++) {
            List<LedgerEntry> report = receipts.subList(i * HEADROOM, (i + 1) * HEADROOM);
            Seen expected = new Seen(i == 0 ? State.CREDITED : State.HELD, true);
            assertThat(seen(fixture.redeem(senders.get(i), report)).values()).containsOnly(expected);
        }
        assertThat(mayDownload(newcomer)).isFalse();
        assertThat(world.down(newcomer)).isEqualTo(HEADROOM * MIB);
        assertThat(world.held(newcomer)).isEqualTo(2 * HEADROOM * MIB);
        assertThat(states(receipts)).hasSize(3 * HEADROOM);

        Peer customer = world.peer(World.GIB);
        // 0.5 x 384 = 192 = 64 + 128: it has to give 128 until the last of them is credited, and not a piece less.
        fixture.redeem(newcomer, fixture.entries(newcomer, customer, 0, HEADROOM - 1));
        releaseUntilHeld(newcomer, 2 * MIB);
        assertThat(mayDownload(newcomer)).isFalse();
        fixture.redeem(newcomer, fixture.entries(newcomer, customer, HEADROOM - 1, HEADROOM));
        releaseUntilHeld(newcomer, 0);
        assertThat(states(receipts)).containsOnly(State.CREDITED).hasSize(3 * HEADROOM);
        for (Peer sender : senders) {
            assertThat(world.up(sender)).isEqualTo(HEADROOM * MIB);
        }
        assertThat(world.down(newcomer)).isEqualTo(3 * HEADROOM * MIB);
        assertThat(world.books()).containsOnly(world.books().getFirst());
    }

    @Test
    void aDuplicateShowsThePresentStateHeldFirstAndCreditedLater() {
        Peer sender = world.peer(World.GIB);
        Peer newcomer = world.peer(0);
        fixture.redeem(sender, fixture.entries(sender, newcomer, 0, HEADROOM));
        List<LedgerEntry> last = fixture.entries(sender, newcomer, HEADROOM, HEADROOM + 1);
        fixture.redeem(sender, last);
        assertThat(seen(fixture.redeem(sender, last)).values()).containsOnly(new Seen(State.HELD, false));
        world.grant(newcomer, MIB);
        fixture.releases.release(newcomer.id());
        assertThat(seen(fixture.redeem(sender, last)).values()).containsOnly(new Seen(State.CREDITED, false));
    }

    @Test
    void releasesInTheOrderInWhichTheyCameWhoeverSentThem() {
        Random random = new Random(5);
        Peer newcomer = world.peer(0);
        List<Peer> senders = List.of(world.peer(0), world.peer(0), world.peer(0));
        fixture.redeem(senders.getFirst(), fixture.entries(senders.getFirst(), newcomer, 0, HEADROOM));
        List<LedgerEntry> late = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            LedgerEntry entry =
                    fixture.entry(senders.get(random.nextInt(3)), newcomer, 2000 - random.nextInt(50) - 50 * i);
            late.add(entry);
            fixture.redeem(senders.getFirst(), List.of(entry));
        }
        for (int granted = 1; granted <= 6; granted++) {
            world.grant(newcomer, granted * MIB); // two of them at a time
            fixture.releases.release(newcomer.id());
            assertThat(states(late.subList(0, 2 * granted))).containsOnly(State.CREDITED);
            assertThat(late.subList(2 * granted, late.size()))
                    .allMatch(entry -> states(List.of(entry)).equals(List.of(State.HELD)));
        }
    }

    @Test
    void nothingIsCreditedBehindWhatIsHeldHoweverSmallItIs() {
        Peer sender = world.peer(World.GIB);
        Peer newcomer = world.peer(0);
        fixture.redeem(sender, fixture.entries(sender, newcomer, 0, HEADROOM + 1));
        world.grant(newcomer, World.GIB); // room for all, but the release has not come by yet
        Redemption done = fixture.redeem(sender, fixture.entries(sender, newcomer, HEADROOM + 1, HEADROOM + 2));
        assertThat(seen(done).values()).containsOnly(new Seen(State.HELD, true));
        fixture.releases.release(newcomer.id());
        assertThat(world.held(newcomer)).isZero();
    }

    /** The worker that follows a credit may be at it as well: then this release finds the lock taken, and tries again. */
    private void releaseUntilHeld(Peer receiver, long bytes) throws InterruptedException {
        for (int i = 0; i < 3000 && world.held(receiver) > bytes; i++) {
            fixture.releases.release(receiver.id());
            TimeUnit.MILLISECONDS.sleep(10);
        }
        fixture.releases.release(receiver.id());
        assertThat(world.held(receiver)).isEqualTo(bytes);
    }

    /** The gate's verdict, by the database's own function. */
    private boolean mayDownload(Peer peer) {
        return world.admin()
                .sql("select reputation.may_download(t, 0.5) from reputation.total t where account_id = ?")
                .param(peer.id())
                .query(Boolean.class)
                .single();
    }

    private List<State> states(List<LedgerEntry> entries) {
        return fixture
                .ledger
                .find(World.INSTANCE, entries.stream().map(LedgerEntry::key).toList())
                .values()
                .stream()
                .map(Row::state)
                .toList();
    }
}
