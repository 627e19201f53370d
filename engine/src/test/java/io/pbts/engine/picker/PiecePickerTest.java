package io.pbts.engine.picker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.Block;
import io.pbts.engine.Peer;
import io.pbts.engine.limit.SlabPool;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.torrent.PeerId;
import io.pbts.protocol.torrent.TorrentId;
import java.net.InetSocketAddress;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;

class PiecePickerTest {
    private static final int PIECE = 4 * Block.SIZE;

    private final SlabPool memory = new SlabPool(8L * SlabPool.SLAB);

    /** A source that has everything, at this rate. */
    private record Fake(String name, boolean wholePieces, double rate, BitSet lacks) implements Source, Peer {
        @Override
        public boolean has(int piece) {
            return !lacks.get(piece);
        }

        @Override
        public Peer peer() {
            return this;
        }

        @Override
        public long id() {
            return name.hashCode();
        }

        @Override
        public TorrentId torrent() {
            return new TorrentId(Bytes32.ZERO);
        }

        @Override
        public InetSocketAddress address() {
            throw new UnsupportedOperationException();
        }

        @Override
        public PeerId peerId() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean speaks(String extension) {
            return wholePieces;
        }

        @Override
        public Optional<BDictionary> extensionHandshake() {
            return Optional.empty();
        }

        @Override
        public boolean send(String extension, Bytes payload) {
            return false;
        }

        @Override
        public void reconsider() {}

        @Override
        public void disconnect(String reason) {}
    }

    private static Fake ordinary(String name) {
        return new Fake(name, false, 100_000, new BitSet());
    }

    private static Fake signer(String name, double rate) {
        return new Fake(name, true, rate, new BitSet());
    }

    private PiecePicker picker(int pieces) {
        return new PiecePicker(pieces, new BitSet(), _ -> PIECE, memory, 50, new Random(1));
    }

    private static Attempt receive(PiecePicker picker, Source source, List<Block> blocks) {
        Attempt attempt = null;
        for (Block block : blocks) {
            Landing landing = picker.begin(source, block).orElseThrow();
            picker.finish(source, landing);
            attempt = landing.attempt();
        }
        return attempt;
    }

    @Test
    void beginsTheRarestPieceAndStaysWithIt() {
        PiecePicker picker = picker(10);
        for (int piece = 0; piece < 10; piece++) {
            if (piece != 6) {
                picker.available(piece);
            }
        }
        Fake source = ordinary("a");
        assertThat(picker.pick(source, 2)).extracting(Block::piece).containsOnly(6);
        assertThat(picker.pick(source, 2)).extracting(Block::piece).containsOnly(6);
        assertThat(picker.pick(source, 1)).extracting(Block::piece).doesNotContain(6);
    }

    @Test
    void twoPeersWorkAtDifferentPieces() {
        PiecePicker picker = picker(10);
        assertThat(picker.pick(ordinary("a"), 4).getFirst().piece())
                .isNotEqualTo(picker.pick(ordinary("b"), 4).getFirst().piece());
    }

    @Test
    void atTheEndIdlePeersHelpBlockByBlockAndTheRestIsWithdrawn() {
        PiecePicker picker = picker(1);
        Fake slow = ordinary("slow");
        Fake idle = ordinary("idle");
        List<Block> asked = picker.pick(slow, 4);
        assertThat(picker.pick(idle, 4)).isEqualTo(asked);
        Landing landing = picker.begin(idle, asked.getFirst()).orElseThrow();
        assertThat(picker.begin(slow, asked.getFirst()))
                .as("one writer to a block")
                .isEmpty();
        picker.finish(idle, landing);
        Landing second = picker.begin(slow, asked.get(1)).orElseThrow();
        assertThat(picker.finish(slow, second)).containsExactly(new Withdrawal(idle, asked.get(1)));
        Attempt attempt = receive(picker, idle, asked.subList(2, 4));
        assertThat(attempt.isComplete()).isTrue();
        assertThat(attempt.sources()).containsExactlyInAnyOrder(slow, idle);
    }

    @Test
    void aSignersPieceIsNotMixedButTriedASecondTimeWhenItIsSlow() {
        PiecePicker picker = picker(1);
        Fake slow = signer("slow", 1000);
        Fake fast = signer("fast", 10_000_000);
        List<Block> asked = picker.pick(slow, 4);
        receive(picker, slow, asked.subList(0, 1));
        List<Block> anew = picker.pick(fast, 4);
        assertThat(anew).hasSize(4);
        Landing last = null;
        for (Block block : anew) {
            last = picker.begin(fast, block).orElseThrow();
            picker.finish(fast, last);
        }
        assertThat(picker.isComplete(last)).isTrue();
        assertThat(last.attempt().sources()).containsExactly(fast);
        assertThat(picker.verified(last.attempt())).hasSize(3).allMatch(gone -> gone.source() == slow);
        assertThat(memory.used()).isZero();
    }

    @Test
    void aSignersPieceIsNotTriedASecondTimeWhenItIsAboutToCome() {
        PiecePicker picker = picker(1);
        picker.pick(signer("one", 1_000_000), 4);
        assertThat(picker.pick(signer("other", 1_000_000), 4)).isEmpty();
    }

    @Test
    void whatAPeerLeavesBehindIsContinuedByAnother() {
        PiecePicker picker = picker(1);
        Fake gone = ordinary("gone");
        receive(picker, gone, picker.pick(gone, 4).subList(0, 2));
        assertThat(picker.release(gone)).hasSize(2);
        assertThat(picker.pick(ordinary("next"), 4)).hasSize(2);
    }

    @Test
    void aPieceThatFailedWithSeveralSendersIsFetchedFromOneAlone() {
        PiecePicker picker = picker(1);
        Fake one = ordinary("one");
        Fake other = ordinary("other");
        receive(picker, one, picker.pick(one, 4).subList(0, 2));
        picker.release(one);
        List<Block> rest = picker.pick(other, 4);
        Landing last = null;
        for (Block block : rest) {
            last = picker.begin(other, block).orElseThrow();
            picker.finish(other, last);
        }
        assertThat(picker.isComplete(last)).isTrue();
        picker.corrupt(last.attempt());
        receive(picker, one, picker.pick(one, 4).subList(0, 3));
        assertThat(picker.pick(other, 4)).isEmpty();
    }

    @Test
    void memoryBoundsWhatIsBegunAndNothingIsLost() {
        PiecePicker picker = picker(1000);
        Fake source = ordinary("a");
        List<Block> asked = picker.pick(source, 4000);
        assertThat(asked).hasSize(8 * 4);
        assertThat(memory.used()).isEqualTo(8L * SlabPool.SLAB);
        picker.release(source);
        assertThat(memory.used()).isZero();
    }

    @Test
    void aPieceThatIsBeingHashedKeepsItsMemoryWhenTheTorrentStops() {
        PiecePicker picker = picker(1);
        Fake source = ordinary("a");
        Landing last = null;
        for (Block block : picker.pick(source, 4)) {
            last = picker.begin(source, block).orElseThrow();
            picker.finish(source, last);
        }
        assertThat(picker.isComplete(last)).isTrue();
        picker.clear();
        assertThat(memory.used()).isEqualTo(SlabPool.SLAB);
        picker.verified(last.attempt());
        assertThat(memory.used()).isZero();
    }
}
