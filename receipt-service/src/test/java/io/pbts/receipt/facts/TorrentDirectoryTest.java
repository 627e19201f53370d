package io.pbts.receipt.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.receipt.facts.AnnounceClient.PiecesV1Wire;
import io.pbts.receipt.facts.AnnounceClient.TorrentWire;
import io.pbts.receipt.testing.TestTorrent;
import io.pbts.receipt.testing.World;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TorrentDirectoryTest {
    private static final long PIECE = 1 << 18;

    @Test
    void keepsACopyThatIsExactlyWhatItWas() {
        TorrentStore store = new TorrentStore(JdbcClient.create(World.create().as("receipt_app")));
        TestTorrent plain = TestTorrent.v1("plain", 3, PIECE, 2 * PIECE + 5);
        TestTorrent hybrid = TestTorrent.hybrid("both", 4, PIECE, 3 * PIECE + 1);
        Torrent v2 = new Torrent(
                TestTorrent.v1("only v2", 1, PIECE, PIECE).torrent().id(),
                java.util.Optional.empty(),
                TestTorrent.hybrid("only v2", 2, PIECE, PIECE + 1).torrent().v2());
        for (Torrent torrent : List.of(plain.torrent(), hybrid.torrent(), v2)) {
            store.keep(torrent);
            store.keep(torrent);
            List<InfoHash> names = torrent.infoHashes().toList();
            assertThat(store.find(names)).containsExactly(torrent);
            assertThat(store.find(List.of(names.getLast()))).containsExactly(torrent);
        }
        assertThat(store.find(Set.of())).isEmpty();
        assertThat(store.find(List.of(TestTorrent.v1("unknown", 1, 1, 1).v1().infoHash())))
                .isEmpty();
    }

    @Test
    void countsThePaddingThatPiecesCover() {
        TestTorrent covered = TestTorrent.v1("padded", 2, PIECE, 2 * PIECE);
        Torrent read = TorrentFacts.of(
                        wire(covered, 2 * PIECE - 100, 2 * PIECE), covered.v1().infoHash())
                .torrent();
        assertThat(read.v1().orElseThrow().pieces().lengthOf(new PieceIndex(1)).bytes())
                .isEqualTo(PIECE);
    }

    @Test
    void believesNoAnswerThatContradictsItself() {
        TestTorrent torrent = TestTorrent.v1("honest", 2, PIECE, 2 * PIECE);
        InfoHash other = TestTorrent.v1("other", 1, 1, 1).v1().infoHash();
        assertThatIllegalArgumentException().isThrownBy(() -> TorrentFacts.of(wire(torrent, 2 * PIECE, null), other));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TorrentFacts.of(
                        wire(torrent, 3 * PIECE, null), torrent.v1().infoHash()));
    }

    private static TorrentWire wire(TestTorrent torrent, long totalLength, Long covered) {
        return new TorrentWire(
                torrent.torrent().id().hex(),
                torrent.v1().infoHash().hex(),
                null,
                PIECE,
                totalLength,
                new PiecesV1Wire(
                        covered,
                        Base64.getEncoder()
                                .encodeToString(torrent.v1().pieces().hashes().toArray())),
                null,
                true);
    }
}
