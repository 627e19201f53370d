package io.pbts.engine.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.torrent.TorrentId;
import org.junit.jupiter.api.Test;

class DebtTest {
    private static final int PIECE = 256 << 10;
    private static final TorrentId TORRENT = TorrentId.fromHex("01".repeat(32));

    private final Debt debt = new Debt();

    private void send(int piece) {
        debt.begun(TORRENT, piece);
        debt.sent(TORRENT, piece, PIECE);
    }

    private void sign(int piece) {
        debt.signed(TORRENT, piece, PIECE);
    }

    @Test
    void whatWasLostAndSentAgainIsSettledByTheOneSignatureThatThereCanBe() {
        send(100);
        send(100);
        debt.sent(TORRENT, 100, PIECE / 2);
        sign(100);
        assertThat(debt.owed()).isEqualTo(-PIECE / 64);
        assertThat(debt.isOwed(TORRENT, 100)).isFalse();
    }

    @Test
    void nobodyHasAPieceSentWithoutEndForOneSignature() {
        for (int i = 0; i < 10; i++) {
            send(0);
        }
        sign(0);
        assertThat(debt.owed()).isEqualTo(6L * PIECE - PIECE / 64);
    }

    @Test
    void whatWasSignedForIsOwedWhenItIsSentAgainAndASecondSignatureChangesNothing() {
        send(0);
        sign(0);
        send(0);
        sign(0);
        assertThat(debt.owed()).isEqualTo(PIECE - PIECE / 64);
    }

    @Test
    void aSignatureMayComeBeforeTheLastBlockIsCounted() {
        debt.begun(TORRENT, 7);
        debt.sent(TORRENT, 7, PIECE / 2);
        sign(7);
        debt.sent(TORRENT, 7, PIECE / 2);
        assertThat(debt.owed()).isEqualTo(-PIECE / 64);
    }
}
