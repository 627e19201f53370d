package io.pbts.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.torrent.PieceHash;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ReceiptV2Test {

    static Stream<JsonNode> withBls() {
        return ReceiptVectors.v2(ReceiptKind.V2_BLS);
    }

    static Stream<JsonNode> withWallet() {
        return ReceiptVectors.v2(ReceiptKind.V2_SECP256K1);
    }

    static Stream<JsonNode> all() {
        return Stream.concat(withBls(), withWallet());
    }

    @ParameterizedTest
    @MethodSource("all")
    void writesTheBytesThatOthersWrite(JsonNode vector) {
        ReceiptV2 receipt = ReceiptVectors.v2(vector);
        assertThat(receipt.domain()).hasToString(Vectors.text(vector, "domain"));
        assertThat(receipt.signedBytes()).isEqualTo(Vectors.bytes(vector, "signed_bytes"));
        assertThat(receipt.signedBytes().size()).isEqualTo(ReceiptV2.SIGNED_SIZE);
        assertThat(receipt.digest()).isEqualTo(Vectors.bytes(vector, "digest"));
        assertThat(receipt.kind().wireName()).isEqualTo(Vectors.text(vector, "kind"));
    }

    @ParameterizedTest
    @MethodSource("withBls")
    void takesABlsSignatureThatOthersMade(JsonNode vector) {
        ReceiptV2 receipt = ReceiptVectors.v2(vector);
        BlsPublicKey receiver = BlsPublicKey.of((AccountKey.Bls) receipt.receiver());
        BlsSignature signature = BlsSignature.of(Vectors.bytes(vector, "signature"));
        assertThat(Bls.verify(receiver, receipt.signedBytes(), signature)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("withWallet")
    void takesAWalletSignatureThatOthersMade(JsonNode vector) {
        ReceiptV2 receipt = ReceiptVectors.v2(vector);
        AccountKey.Wallet receiver = (AccountKey.Wallet) receipt.receiver();
        assertThat(Secp256k1.recoverPersonal(receipt.digest(), Vectors.bytes(vector, "signature")))
                .isEqualTo(new Recovery.Signer(receiver.address()));
    }

    @Test
    void anyFlippedBitOfTheSignedBytesBreaksABlsSignature() {
        JsonNode vector = withBls().findFirst().orElseThrow();
        ReceiptV2 receipt = ReceiptVectors.v2(vector);
        BlsPublicKey receiver = BlsPublicKey.of((AccountKey.Bls) receipt.receiver());
        BlsSignature signature = BlsSignature.of(Vectors.bytes(vector, "signature"));
        flippedBits(receipt.signedBytes()).forEach(flipped -> assertThat(Bls.verify(receiver, flipped, signature))
                .isFalse());
    }

    @Test
    void anyFlippedBitOfTheSignedBytesBreaksAWalletSignature() {
        JsonNode vector = withWallet().findFirst().orElseThrow();
        ReceiptV2 receipt = ReceiptVectors.v2(vector);
        Recovery signer = new Recovery.Signer(((AccountKey.Wallet) receipt.receiver()).address());
        Bytes signature = Vectors.bytes(vector, "signature");
        flippedBits(receipt.signedBytes())
                .map(io.pbts.protocol.hash.Keccak256::hash)
                .forEach(digest ->
                        assertThat(Secp256k1.recoverPersonal(digest, signature)).isNotEqualTo(signer));
    }

    private static Stream<Bytes> flippedBits(Bytes bytes) {
        return java.util.stream.IntStream.range(0, bytes.size() * 8).mapToObj(bit -> {
            byte[] flipped = bytes.toArray();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            return Bytes.wrap(flipped);
        });
    }

    @Test
    void noTwoVectorsShareTheirBytes() {
        assertThat(all().map(vector -> ReceiptVectors.v2(vector).signedBytes())).doesNotHaveDuplicates();
    }

    @Test
    void theDomainChangesWithChainContractAndInstance() {
        EthereumAddress contract = new EthereumAddress(Bytes.repeat((byte) 1, 20));
        InstanceId instance = InstanceId.fromHex("00".repeat(31) + "01");
        ReceiptDomain domain = ReceiptDomain.of(1, contract, instance);
        assertThat(ReceiptDomain.of(2, contract, instance)).isNotEqualTo(domain);
        assertThat(ReceiptDomain.of(1, new EthereumAddress(Bytes.repeat((byte) 2, 20)), instance))
                .isNotEqualTo(domain);
        assertThat(ReceiptDomain.of(1, contract, InstanceId.fromHex("00".repeat(32))))
                .isNotEqualTo(domain);
        assertThatIllegalArgumentException().isThrownBy(() -> ReceiptDomain.of(0, contract, instance));
    }

    @Test
    void refusesATimeBefore1970AndAHashOfAnotherKind() {
        ReceiptV2 good = ReceiptVectors.v2(withBls().findFirst().orElseThrow());
        PieceHash other = new PieceHash(Bytes.repeat((byte) 1, 32));
        assertThatIllegalArgumentException().isThrownBy(() -> copy(good, good.pieceHash(), -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> copy(good, other, 0))
                .withMessage("a V2 piece hash in a V1 torrent");
    }

    private static ReceiptV2 copy(ReceiptV2 receipt, PieceHash hash, long timestamp) {
        return new ReceiptV2(
                receipt.domain(),
                receipt.infoHash(),
                receipt.sender(),
                receipt.receiver(),
                receipt.index(),
                receipt.length(),
                hash,
                timestamp);
    }
}
