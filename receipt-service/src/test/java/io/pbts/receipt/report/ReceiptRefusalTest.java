package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Neighbours;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.ProductionTracker;
import io.pbts.receipt.testing.TestTorrent;
import io.pbts.receipt.testing.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one refused receipt gets in production while the others count: the rows of the design's table with a code. */
class ReceiptRefusalTest extends ProductionTracker {
    @Test
    void namesAnUnregisteredTorrent() {
        TestTorrent nowhere = TestTorrent.v1("nowhere", 1, PIECE, PIECE);
        assertThat(reportBesideAGoodOne(
                        Draft.of(sender, receiver, nowhere.v1(), 0).v2()))
                .isEqualTo("unknown-torrent");
    }

    @Test
    void namesADisabledTorrent() {
        TestTorrent torrent = NEIGHBOURS.add(TestTorrent.v1("disabled", 3, PIECE, 3 * PIECE));
        assertThat(report(sender, Draft.of(sender, receiver, torrent.v1(), 0).v2())
                        .codes())
                .containsExactly("credited");
        NEIGHBOURS.disable(torrent);
        pause();
        assertThat(reportBesideAGoodOne(
                        Draft.of(sender, receiver, torrent.v1(), 1).v2()))
                .isEqualTo("torrent-disabled");
    }

    @Test
    void namesUnregisteredKeys() {
        Peer stranger = WORLD.peer(World.GIB); // has an account, which nobody is told of
        assertThat(reportBesideAGoodOne(
                        Draft.of(stranger, receiver, TORRENT.v1(), 4).v2()))
                .isEqualTo("unknown-sender");
        assertThat(reportBesideAGoodOne(
                        Draft.of(sender, stranger, TORRENT.v1(), 4).v2()))
                .isEqualTo("unknown-receiver");
    }

    @Test
    void namesIndexesLengthsAndHashesThatAreNotTheTorrents() {
        assertThat(reportBesideAGoodOne(draft(5).index(400).v2())).isEqualTo("bad-index");
        assertThat(reportBesideAGoodOne(draft(5).index(0xFFFF_FFFFL).v2())).isEqualTo("bad-index");
        assertThat(reportBesideAGoodOne(draft(5).length(PIECE + 1).v2())).isEqualTo("bad-length");
        assertThat(reportBesideAGoodOne(draft(399).length(PIECE).v2())).isEqualTo("bad-length");
        assertThat(reportBesideAGoodOne(draft(5).pieceHash(draft(6).pieceHash()).v2()))
                .isEqualTo("bad-piece-hash");
        Map<String, Object> negative = draft(5).v2();
        negative.put("piece_index", -1);
        assertThat(reportBesideAGoodOne(negative)).isEqualTo("bad-index");
    }

    @Test
    void namesReceiptsFromOutsideTheWindow() {
        long week = 7 * 24 * 3600;
        assertThat(reportBesideAGoodOne(draft(6).signedIn(-week - 30).v2())).isEqualTo("stale");
        assertThat(reportBesideAGoodOne(draft(6).signedIn(150).v2())).isEqualTo("future");
        assertThat(reportBesideAGoodOne(draft(6).signedAt(0).v2())).isEqualTo("stale");
        assertThat(reportBesideAGoodOne(draft(6).signedAt(Long.MAX_VALUE).v2())).isEqualTo("future");
        assertThat(report(
                                sender,
                                draft(6).signedIn(-week + 30).v2(),
                                draft(7).signedIn(100).v2())
                        .codes())
                .containsExactly("credited", "credited");
    }

    @Test
    void namesATransferToOneself() {
        assertThat(reportBesideAGoodOne(
                        Draft.of(receiver, receiver, TORRENT.v1(), 8).v2()))
                .isEqualTo("self-transfer");
    }

    @Test
    void namesASignatureForAnotherInstanceChainOrContract() {
        EthereumAddress contract = EthereumAddress.parse(Neighbours.SETTLEMENT);
        EthereumAddress otherContract = EthereumAddress.parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
        List<ReceiptDomain> others = List.of(
                ReceiptDomain.of(Neighbours.CHAIN_ID + 1, contract, World.INSTANCE),
                ReceiptDomain.of(Neighbours.CHAIN_ID, otherContract, World.INSTANCE),
                ReceiptDomain.of(Neighbours.CHAIN_ID, contract, InstanceId.fromHex("01".repeat(32))));
        for (ReceiptDomain other : others) {
            Map<String, Object> silent = draft(9).v2(other);
            assertThat(reportBesideAGoodOne(silent)).isEqualTo("bad-signature");
            silent.put("domain", other.hex());
            assertThat(reportBesideAGoodOne(silent)).isEqualTo("wrong-domain");
        }
        Map<String, Object> stated = draft(9).v2();
        stated.put("domain", Draft.DOMAIN.hex());
        assertThat(report(sender, stated).codes()).containsExactly("credited");
    }

    @Test
    void namesAnEncodingThatIsNotTheDocumented() {
        Map<String, Object> good = draft(40).v2();
        Map<String, Object> wrong = new HashMap<>();
        wrong.put("signature", "!!!");
        wrong.put("receiver_public_key", good.get("signature"));
        wrong.put("sender_pk", Draft.base64(sender.key().bytes().slice(1)));
        wrong.put("piece_hash", "0x" + good.get("piece_hash"));
        wrong.put("infohash", "abc");
        wrong.put("piece_index", "40");
        wrong.put("piece_size", 262144.0);
        wrong.put("timestamp", true);
        wrong.put("domain", "00");
        wrong.put("version", 3);
        wrong.forEach((field, value) -> {
            Map<String, Object> broken = new HashMap<>(good);
            broken.put(field, value);
            assertThat(reportBesideAGoodOne(broken)).as(field).isEqualTo("bad-encoding");
        });
        for (String field : List.of("signature", "receiver_public_key", "piece_index", "piece_size", "timestamp")) {
            Map<String, Object> broken = new HashMap<>(good);
            broken.remove(field);
            assertThat(reportBesideAGoodOne(broken)).as(field).isEqualTo("bad-encoding");
        }
        assertThat(reportBesideAGoodOne("not an object")).isEqualTo("bad-encoding");
    }

    @Test
    void takesA96ByteSignatureThatIsNoPointForABadOne() {
        Map<String, Object> receipt = draft(41).v2();
        receipt.put("signature", Draft.base64(org.apache.tuweni.bytes.Bytes.repeat((byte) 0xff, 96)));
        assertThat(reportBesideAGoodOne(receipt)).isEqualTo("bad-signature");
    }

    @Test
    void doesNotTakeTheOriginalFormUnlessASettingSaysSo() {
        assertThat(reportBesideAGoodOne(draft(53).original())).isEqualTo("kind-disabled");
    }
}
