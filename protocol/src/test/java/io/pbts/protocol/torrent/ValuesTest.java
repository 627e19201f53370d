package io.pbts.protocol.torrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.MutableBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    private static final String V1 = "09be306d741df5cc84731d4025ef3267650f7960";
    private static final String V2 = V1 + "00112233445566778899aabb";

    @Test
    void anInfoHashKnowsItsKindByItsSize() {
        assertThat(InfoHash.fromHex(V1).kind()).isEqualTo(HashKind.V1);
        assertThat(InfoHash.fromHex(V2).kind()).isEqualTo(HashKind.V2);
        assertThat(HashKind.V1.number()).isEqualTo(1);
        assertThat(HashKind.V2.number()).isEqualTo(2);
    }

    @Test
    void aV2InfoHashIsCutToTwentyBytesForAnnounces() {
        assertThat(InfoHash.fromHex(V2).truncated())
                .isEqualTo(InfoHash.fromHex(V1).bytes());
        assertThat(InfoHash.fromHex(V1).truncated())
                .isEqualTo(InfoHash.fromHex(V1).bytes());
    }

    @Test
    void upperCaseHexNamesTheSameHashAndIsWrittenInLowerCase() {
        InfoHash hash = InfoHash.fromHex(V1.toUpperCase(java.util.Locale.ROOT));
        assertThat(hash).isEqualTo(InfoHash.fromHex(V1)).hasToString(V1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 19, 21, 31, 33, 64})
    void noOtherSizeIsAHash(int size) {
        assertThatIllegalArgumentException().isThrownBy(() -> InfoHash.ofBytes(new byte[size]));
        assertThatIllegalArgumentException().isThrownBy(() -> PieceHash.ofBytes(new byte[size]));
        assertThatIllegalArgumentException().isThrownBy(() -> PeerId.ofBytes(new byte[size]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x09be", "09be306d741df5cc84731d4025ef3267650f796", "zz"})
    void noOtherTextIsAHash(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> InfoHash.fromHex(text));
        assertThatIllegalArgumentException().isThrownBy(() -> TorrentId.fromHex(text));
        assertThatIllegalArgumentException().isThrownBy(() -> PieceHash.fromHex(text));
    }

    @Test
    void aHashDoesNotChangeWithTheBytesItWasMadeFrom() {
        MutableBytes bytes = MutableBytes.create(20);
        InfoHash infoHash = new InfoHash(bytes);
        PieceHash pieceHash = new PieceHash(bytes);
        PeerId peerId = new PeerId(bytes);
        bytes.set(0, (byte) 1);
        assertThat(infoHash.bytes()).isEqualTo(Bytes.wrap(new byte[20]));
        assertThat(pieceHash.bytes()).isEqualTo(Bytes.wrap(new byte[20]));
        assertThat(peerId.bytes()).isEqualTo(Bytes.wrap(new byte[20]));
    }

    @Test
    void indexesAndLengthsAreThirtyTwoUnsignedBits() {
        assertThat(new PieceIndex(0xFFFF_FFFFL).value()).isEqualTo(PieceIndex.MAX);
        assertThat(new PieceLength(0xFFFF_FFFFL).bytes()).isEqualTo(PieceLength.MAX);
        assertThatIllegalArgumentException().isThrownBy(() -> new PieceIndex(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PieceIndex(0x1_0000_0000L));
        assertThatIllegalArgumentException().isThrownBy(() -> new PieceLength(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new PieceLength(0x1_0000_0000L));
    }
}
