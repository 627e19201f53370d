package io.pbts.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.torrent.InfoHash;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class LegacyHttpReceiptTest {

    static Stream<JsonNode> receipts() {
        return Vectors.cases("receipts-http-v1.json", "cases").stream();
    }

    @ParameterizedTest
    @MethodSource("receipts")
    void writesAndVerifiesTheBytesOfTheOriginal(JsonNode vector) {
        LegacyHttpReceipt receipt = ReceiptVectors.httpV1(vector);
        assertThat(receipt.signedBytes()).isEqualTo(Vectors.bytes(vector, "signed_bytes"));
        assertThat(receipt.signedBytes().size())
                .isEqualTo(80 + receipt.pieceHash().bytes().size());
        assertThat(Bls.verify(
                        BlsPublicKey.of(receipt.receiver()),
                        receipt.signedBytes(),
                        BlsSignature.of(Vectors.bytes(vector, "signature"))))
                .isTrue();
    }

    @Test
    void knowsNoV2TorrentAndNoTimeBefore1970() {
        LegacyHttpReceipt good = ReceiptVectors.httpV1(receipts().findFirst().orElseThrow());
        InfoHash v2 = InfoHash.fromHex("ab".repeat(32));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LegacyHttpReceipt(
                        v2, good.sender(), good.receiver(), good.index(), good.pieceHash(), good.timestamp()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LegacyHttpReceipt(
                        good.infoHash(), good.sender(), good.receiver(), good.index(), good.pieceHash(), -1));
    }
}
