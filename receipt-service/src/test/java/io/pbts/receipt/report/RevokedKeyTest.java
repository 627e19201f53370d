package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.ProductionTracker;
import io.pbts.receipt.testing.World;
import org.junit.jupiter.api.Test;

/** A key that its account took back speaks for it no more, and what it signed before stands. */
class RevokedKeyTest extends ProductionTracker {
    private final long revoked = World.CLOCK.instant().getEpochSecond() - 600;

    @Test
    void countsWhatAReceiverSignedBeforeItsKeyWasRevoked() {
        NEIGHBOURS.revoke(receiver, revoked);
        assertThat(reportBesideAGoodOne(draft(10).signedAt(revoked - 1).v2())).isEqualTo("credited");
    }

    @Test
    void doesNotKnowAReceiverFromTheSecondOfItsRevocationOn() {
        NEIGHBOURS.revoke(receiver, revoked);
        assertThat(reportBesideAGoodOne(draft(11).signedAt(revoked).v2())).isEqualTo("unknown-receiver");
        assertThat(reportBesideAGoodOne(draft(12).signedAt(revoked + 1).v2())).isEqualTo("unknown-receiver");
        assertThat(WORLD.down(receiver)).isZero();
    }

    @Test
    void creditsASenderForWhatWasSignedBeforeItsKeyWasRevoked() {
        Peer other = NEIGHBOURS.add(WORLD.peer(World.GIB));
        NEIGHBOURS.revoke(sender, revoked);
        Reply reply = report(
                other,
                draft(13).signedAt(revoked - 1).v2(),
                draft(14).signedAt(revoked).v2(),
                draft(15).v2());
        assertThat(reply.codes()).containsExactly("credited", "unknown-sender", "unknown-sender");
        assertThat(WORLD.up(sender)).isEqualTo(PIECE);
    }

    @Test
    void saysThatTheKeyWasRevoked() {
        NEIGHBOURS.revoke(receiver, revoked);
        assertThat(result(report(sender, draft(16).v2()), 0, "detail")).contains("revoked");
    }

    /** The window does not grow for a key that is gone. */
    @Test
    void refusesAReceiptOfBeforeTheRevocationThatIsTooOld() {
        NEIGHBOURS.revoke(receiver, revoked);
        long eightDaysAgo = World.CLOCK.instant().getEpochSecond() - 8 * 86_400;
        assertThat(reportBesideAGoodOne(draft(17).signedAt(eightDaysAgo).v2())).isEqualTo("stale");
    }

    @Test
    void isNotConfusedByAnotherKeysRevocation() {
        Peer third = NEIGHBOURS.add(WORLD.peer(World.GIB));
        NEIGHBOURS.revoke(third, revoked);
        Draft draft = draft(18);
        assertThat(report(sender, draft.v2()).codes()).containsExactly("credited");
    }
}
