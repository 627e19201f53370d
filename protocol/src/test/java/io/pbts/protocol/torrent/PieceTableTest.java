package io.pbts.protocol.torrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PieceTableTest {

    @Test
    void theLastPieceOfAV1TorrentIsShort() {
        PieceTable table = PieceTable.v1(10, 25, hashes(3, 20));
        assertThat(lengths(table)).containsExactly(10L, 10L, 5L);
        assertThat(table.totalLength()).isEqualTo(25);
    }

    @Test
    void theLastPieceIsFullWhenTheLengthDivides() {
        assertThat(lengths(PieceTable.v1(10, 20, hashes(2, 20)))).containsExactly(10L, 10L);
    }

    @Test
    void everyFileOfAV2TorrentStartsAPieceAndEmptyFilesHaveNone() {
        PieceTable table = PieceTable.v2(10, List.of(0L, 25L, 0L, 0L, 1L, 10L, 0L), hashes(5, 32));
        assertThat(lengths(table)).containsExactly(10L, 10L, 5L, 1L, 10L);
        assertThat(table.fileLengths()).containsExactly(0L, 25L, 0L, 0L, 1L, 10L, 0L);
    }

    @Test
    void givesTheHashOfEachPiece() {
        PieceTable v1 = PieceTable.v1(10, 25, hashes(3, 20));
        PieceTable v2 = PieceTable.v2(10, List.of(5L, 5L), hashes(2, 32));
        assertThat(v1.hashOf(new PieceIndex(2))).isEqualTo(new PieceHash(Bytes.repeat((byte) 2, 20)));
        assertThat(v2.hashOf(new PieceIndex(1))).isEqualTo(new PieceHash(Bytes.repeat((byte) 1, 32)));
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
    void hasNoPieceBeyondTheLast(long index) {
        PieceTable table = PieceTable.v1(10, 25, hashes(3, 20));
        assertThat(table.contains(new PieceIndex(2))).isTrue();
        assertThat(table.contains(new PieceIndex(index))).isFalse();
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> table.lengthOf(new PieceIndex(index)));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> table.hashOf(new PieceIndex(index)));
    }

    @Test
    void refusesHashesThatDoNotFitTheContent() {
        assertThatIllegalArgumentException().isThrownBy(() -> PieceTable.v1(10, 25, hashes(2, 20)));
        assertThatIllegalArgumentException().isThrownBy(() -> PieceTable.v1(10, 25, hashes(4, 20)));
        assertThatIllegalArgumentException().isThrownBy(() -> PieceTable.v1(10, 25, hashes(3, 19)));
        assertThatIllegalArgumentException().isThrownBy(() -> PieceTable.v2(10, List.of(25L), hashes(3, 20)));
    }

    @Test
    void refusesLengthsOutOfBounds() {
        assertThatIllegalArgumentException().isThrownBy(() -> PieceTable.v1(0, 1, hashes(1, 20)));
        assertThatIllegalArgumentException().isThrownBy(() -> PieceTable.v1((64L << 20) + 1, 1, hashes(1, 20)));
        assertThatIllegalArgumentException().isThrownBy(() -> PieceTable.v1(10, 0, Bytes.EMPTY));
        assertThatIllegalArgumentException().isThrownBy(() -> PieceTable.v1(10, -1, Bytes.EMPTY));
        assertThatIllegalArgumentException().isThrownBy(() -> PieceTable.v2(10, List.of(), Bytes.EMPTY));
        assertThatIllegalArgumentException().isThrownBy(() -> PieceTable.v1(1, Long.MAX_VALUE, hashes(1, 20)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PieceTable.v2(10, List.of(1L, Long.MAX_VALUE), hashes(2, 32)));
    }

    @Test
    void refusesLengthsWhoseSumWrapsAroundToFitTheHashes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PieceTable.v2(1, List.of(Long.MAX_VALUE, Long.MAX_VALUE, 3L), hashes(1, 32)));
    }

    @Test
    void isEqualToATableOfTheSamePieces() {
        PieceTable table = PieceTable.v2(10, List.of(5L, 5L), hashes(2, 32));
        assertThat(PieceTable.v2(table.pieceLength(), table.fileLengths(), table.hashes()))
                .isEqualTo(table)
                .hasSameHashCodeAs(table);
        assertThat(PieceTable.v2(10, List.of(5L, 6L), hashes(2, 32))).isNotEqualTo(table);
    }

    private static List<Long> lengths(PieceTable table) {
        return LongStream.range(0, table.count())
                .mapToObj(i -> table.lengthOf(new PieceIndex(i)).bytes())
                .toList();
    }

    private static Bytes hashes(int count, int size) {
        return Bytes.concatenate(LongStream.range(0, count)
                .mapToObj(i -> Bytes.repeat((byte) i, size))
                .toList());
    }
}
