package io.pbts.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.TorrentId;
import java.util.List;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The originals' receipts, as independent code makes them. */
class LegacyVectorsTest {

    private static final String FILE = "receipts-legacy.json";

    static Stream<JsonNode> httpV1() {
        return Vectors.cases(FILE, "http_v1").stream();
    }

    static Stream<JsonNode> bep10V1() {
        return Vectors.cases(FILE, "bep10_v1").stream();
    }

    static Stream<JsonNode> eip191V1() {
        return Vectors.cases(FILE, "eip191_v1").stream();
    }

    static Stream<JsonNode> eip191Refused() {
        return Vectors.cases(FILE, "eip191_refused").stream();
    }

    @ParameterizedTest
    @MethodSource("httpV1")
    void receiptsOverHttpHaveTheSignedBytesAndSignatureOfTheVector(JsonNode vector) {
        assertSignedByBls(ReceiptVectors.httpV1(vector), vector);
        assertThat(ReceiptVectors.httpV1(vector).timestamp()).isEqualTo(Vectors.number(vector, "timestamp"));
    }

    @ParameterizedTest
    @MethodSource("bep10V1")
    void receiptsOfTheExtensionHaveTheSignedBytesAndSignatureOfTheVector(JsonNode vector) {
        assertSignedByBls(ReceiptVectors.bep10V1(vector), vector);
    }

    @ParameterizedTest
    @MethodSource("bep10V1")
    void anEpochCountsAsItsLastSecond(JsonNode vector) {
        Bep10Receipt receipt = ReceiptVectors.bep10V1(vector);
        assertThat(receipt.timestamp()).isEqualTo(Vectors.number(vector, "last_second"));
        assertThat(receipt.timestamp() - Vectors.number(vector, "first_second")).isEqualTo(3599);
        assertThat(receipt.kind()).isEqualTo(ReceiptKind.BEP10_V1);
    }

    @Test
    void theLastEpochIsTheLastWhoseSecondsFit() {
        assertThat(bep10V1()
                        .mapToLong(vector -> Vectors.number(vector, "epoch"))
                        .max())
                .hasValue(Bep10Receipt.MAX_EPOCH);
        assertThat(Bep10Receipt.lastSecond(Bep10Receipt.MAX_EPOCH)).isGreaterThan(Long.MAX_VALUE - 3600 - 3600);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Bep10Receipt.MAX_EPOCH + 1, Long.MAX_VALUE, Long.MIN_VALUE})
    void noOtherNumberIsAnEpoch(long epoch) {
        Bep10Receipt good = ReceiptVectors.bep10V1(bep10V1().findFirst().orElseThrow());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bep10Receipt(
                        good.infoHash(), good.sender(), good.receiver(), good.index(), good.pieceHash(), epoch));
    }

    @ParameterizedTest
    @MethodSource("eip191V1")
    void receiptsOfTheVariantHaveTheBytesHashesAndSignatureOfTheVector(JsonNode vector) {
        Eip191Receipt receipt = ReceiptVectors.eip191V1(vector);
        assertThat(receipt.kind()).isEqualTo(ReceiptKind.EIP191_V1);
        assertThat(receipt.signedBytes()).isEqualTo(Vectors.bytes(vector, "signed_bytes"));
        assertThat(receipt.digest()).isEqualTo(Vectors.bytes(vector, "hash"));
        assertThat(Secp256k1.personalDigest(receipt.digest())).isEqualTo(Vectors.bytes(vector, "digest"));
        assertThat(recovery(receipt, vector))
                .isEqualTo(new Recovery.Signer(receipt.receiver().address()));
    }

    @ParameterizedTest
    @MethodSource("eip191Refused")
    void noOtherSpellingAndNobodyElseSignsForTheReceiver(JsonNode vector) {
        Eip191Receipt receipt = ReceiptVectors.eip191V1(vector);
        assertThat(recovery(receipt, vector))
                .isNotEqualTo(new Recovery.Signer(receipt.receiver().address()));
    }

    @Test
    void rowsOfTheirKindsHaveTheHashesOfTheVectors() {
        List<JsonNode> rows = Vectors.cases(FILE, "rows");
        assertThat(rows).hasSize(2);
        JsonNode bep10 = bep10V1().findFirst().orElseThrow();
        JsonNode eip191 = eip191V1().findFirst().orElseThrow();
        assertRow(rows.get(0), ReceiptVectors.bep10V1(bep10), bep10);
        assertRow(rows.get(1), ReceiptVectors.eip191V1(eip191), eip191);
    }

    @Test
    void theOldFormsKnowNoInfoHashesOfV2() {
        Bep10Receipt bep10 = ReceiptVectors.bep10V1(bep10V1().findFirst().orElseThrow());
        Eip191Receipt eip191 = ReceiptVectors.eip191V1(eip191V1().findFirst().orElseThrow());
        InfoHash v2 = new InfoHash(Bytes.repeat((byte) 1, 32));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Bep10Receipt(v2, bep10.sender(), bep10.receiver(), bep10.index(), bep10.pieceHash(), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> changed(eip191, v2, eip191.pieceHash(), 1));
    }

    @Test
    void theVariantsPieceHashHas32BytesAndItsTimeIsNotNegative() {
        Eip191Receipt good = ReceiptVectors.eip191V1(eip191V1().findFirst().orElseThrow());
        PieceHash sha1 = new PieceHash(Bytes.repeat((byte) 1, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> changed(good, good.infoHash(), sha1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> changed(good, good.infoHash(), good.pieceHash(), -1));
        assertThat(changed(good, good.infoHash(), good.pieceHash(), 0).timestamp())
                .isZero();
    }

    @Test
    void onlyOurOwnKindsAreBoundToAPlace() {
        assertThat(Stream.of(ReceiptKind.values()).filter(ReceiptKind::isBound))
                .containsExactly(ReceiptKind.V2_BLS, ReceiptKind.V2_SECP256K1);
        assertThat(Stream.of(ReceiptKind.values()).map(ReceiptKind::number)).containsExactly(1, 2, 3, 4, 5);
        assertThat(Stream.of(ReceiptKind.values())
                        .map(kind -> ReceiptKind.ofWireName(kind.wireName()).orElseThrow()))
                .containsExactly(ReceiptKind.values());
        assertThat(ReceiptKind.ofWireName("v3")).isEmpty();
    }

    private static Eip191Receipt changed(Eip191Receipt good, InfoHash infoHash, PieceHash pieceHash, long timestamp) {
        return new Eip191Receipt(
                infoHash, good.sender(), good.receiver(), good.index(), good.length(), pieceHash, timestamp);
    }

    private static void assertSignedByBls(Receipt receipt, JsonNode vector) {
        assertThat(receipt.signedBytes()).isEqualTo(Vectors.bytes(vector, "signed_bytes"));
        assertThat(receipt.index()).isEqualTo(new PieceIndex(Vectors.number(vector, "index")));
        assertThat(Bls.verify(
                        BlsPublicKey.of(Vectors.bytes(vector, "receiver")),
                        receipt.signedBytes(),
                        BlsSignature.of(Vectors.bytes(vector, "signature"))))
                .isTrue();
    }

    private static Recovery recovery(Eip191Receipt receipt, JsonNode vector) {
        return Secp256k1.recoverPersonal(receipt.digest(), Vectors.bytes(vector, "signature"));
    }

    private static void assertRow(JsonNode row, Receipt receipt, JsonNode vector) {
        LedgerRow made = LedgerRow.of(
                new InstanceId(Bytes32.wrap(Vectors.bytes(row, "instance_id"))),
                TorrentId.ofBytes(Vectors.bytes(row, "torrent_id").toArray()),
                ChainAccount.ofBytes(Vectors.bytes(row, "sender").toArray()),
                ChainAccount.ofBytes(Vectors.bytes(row, "receiver").toArray()),
                Vectors.number(row, "bytes"),
                receipt,
                Vectors.bytes(vector, "signature"));
        assertThat(made.kind().wireName()).isEqualTo(Vectors.text(row, "kind"));
        assertThat(made.encoded()).isEqualTo(Vectors.bytes(row, "encoded"));
        assertThat(made.hash()).isEqualTo(ReceiptRowHash.fromHex(Vectors.text(row, "hash")));
    }
}
