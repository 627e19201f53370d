package io.pbts.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.hash.Sha256;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.TorrentId;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class LedgerRowTest {

    static Stream<JsonNode> rows() {
        return Vectors.cases("ledger.json", "rows").stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isEncodedAndHashedAsOthersDo(JsonNode vector) {
        LedgerRow row = row(vector, Vectors.number(vector, "bytes"));
        assertThat(row.encoded()).isEqualTo(Vectors.bytes(vector, "encoded"));
        assertThat(row.encoded().size()).isEqualTo(LedgerRow.ENCODED_SIZE);
        assertThat(row.hash()).isEqualTo(ReceiptRowHash.fromHex(Vectors.text(vector, "hash")));
    }

    @Test
    void namesWhatWasSignedAndTheSignatureByTheirHashes() {
        JsonNode vector =
                ReceiptVectors.v2(ReceiptKind.V2_SECP256K1).findFirst().orElseThrow();
        ReceiptV2 receipt = ReceiptVectors.v2(vector);
        Bytes signature = Vectors.bytes(vector, "signature");
        LedgerRow row = LedgerRow.of(
                InstanceId.fromHex("11".repeat(32)),
                TorrentId.fromHex("22".repeat(32)),
                receipt.sender().chainAccount(),
                receipt.receiver().chainAccount(),
                receipt.length().bytes(),
                receipt,
                signature);
        assertThat(row.signedBytesHash()).isEqualTo(Sha256.hash(receipt.signedBytes()));
        assertThat(row.signatureHash()).isEqualTo(Sha256.hash(signature));
        assertThat(row.kind()).isEqualTo(ReceiptKind.V2_SECP256K1);
        assertThat(row.index()).isEqualTo(receipt.index());
    }

    @Test
    void creditsAtLeastOneByte() {
        JsonNode vector = rows().findFirst().orElseThrow();
        assertThatIllegalArgumentException().isThrownBy(() -> row(vector, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> row(vector, -1));
    }

    @ParameterizedTest
    @EnumSource(ReceiptKind.class)
    void everyKindHasOneNameAndIsFoundByIt(ReceiptKind kind) {
        assertThat(ReceiptKind.ofWireName(kind.wireName())).contains(kind);
        assertThat(kind.number()).isBetween(1, 255);
        assertThat(Stream.of(ReceiptKind.values()).map(ReceiptKind::number)).doesNotHaveDuplicates();
        assertThat(ReceiptKind.ofWireName(kind.name())).isEmpty();
    }

    private static LedgerRow row(JsonNode vector, long bytes) {
        return new LedgerRow(
                InstanceId.fromHex(Vectors.text(vector, "instance_id")),
                TorrentId.fromHex(Vectors.text(vector, "torrent_id")),
                ChainAccount.fromHex(Vectors.text(vector, "sender")),
                ChainAccount.fromHex(Vectors.text(vector, "receiver")),
                new PieceIndex(Vectors.number(vector, "index")),
                bytes,
                ReceiptKind.ofWireName(Vectors.text(vector, "kind")).orElseThrow(),
                Bytes32.wrap(Vectors.bytes(vector, "signed_bytes_hash")),
                Bytes32.wrap(Vectors.bytes(vector, "signature_hash")));
    }
}
