package io.pbts.protocol.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.hash.Keccak256;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.receipt.ReceiptVectors;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** EIP-712, as independent code makes it. */
class TypedReceiptTest {

    private static final JsonNode VECTORS = Vectors.read("receipts-typed.json");

    static Stream<JsonNode> cases() {
        return Vectors.list(VECTORS.required("cases")).stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasTheHashesOfTheVector(JsonNode vector) {
        Deployment deployment = ReceiptVectors.deployment(vector);
        ReceiptV2 receipt = ReceiptVectors.ofDomain(vector);
        assertThat(deployment.domain().hex()).isEqualTo(Vectors.text(vector, "domain"));
        assertThat(receipt.kind()).isEqualTo(ReceiptKind.V2_SECP256K1);
        assertThat(receipt.signedBytes()).isEqualTo(Vectors.bytes(vector, "signed_bytes"));
        assertThat(deployment.typedDomain()).isEqualTo(Vectors.bytes(vector, "domain_separator"));
        assertThat(TypedReceipt.struct(receipt)).isEqualTo(Vectors.bytes(vector, "struct_hash"));
        assertThat(TypedReceipt.digest(receipt, deployment)).isEqualTo(Vectors.bytes(vector, "digest"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isSignedByTheReceiversWalletAndAsNothingElse(JsonNode vector) {
        ReceiptV2 receipt = ReceiptVectors.ofDomain(vector);
        Bytes signature = Vectors.bytes(vector, "signature");
        Recovery receiver = new Recovery.Signer(EthereumAddress.parse(Vectors.text(VECTORS, "address")));
        Bytes32 digest = TypedReceipt.digest(receipt, ReceiptVectors.deployment(vector));
        assertThat(Secp256k1.recover(digest, signature)).isEqualTo(receiver);
        assertThat(Secp256k1.recoverPersonal(digest, signature)).isNotEqualTo(receiver);
        assertThat(Secp256k1.recoverPersonal(receipt.digest(), signature)).isNotEqualTo(receiver);
    }

    @Test
    void aWalletsKeySignsWhatTheVectorSigned() {
        JsonNode vector = cases().findFirst().orElseThrow();
        Secp256k1SecretKey key = Secp256k1SecretKey.fromBytes(Bytes32.wrap(Vectors.bytes(VECTORS, "secret_key")));
        Bytes32 digest = TypedReceipt.digest(ReceiptVectors.ofDomain(vector), ReceiptVectors.deployment(vector));
        assertThat(key.sign(digest)).isEqualTo(Vectors.bytes(vector, "signature"));
    }

    @Test
    void theTypesAreThoseThatTheVectorsSpell() {
        assertThat(hash(Vectors.text(VECTORS, "domain_type"))).isEqualTo(Vectors.bytes(VECTORS, "domain_type_hash"));
        assertThat(hash(Vectors.text(VECTORS, "receipt_type"))).isEqualTo(Vectors.bytes(VECTORS, "receipt_type_hash"));
        assertThat(hash("PBTS")).isEqualTo(Vectors.bytes(VECTORS, "name_hash"));
        assertThat(hash("2")).isEqualTo(Vectors.bytes(VECTORS, "version_hash"));
    }

    @Test
    void aReceiptForAnotherDeploymentIsNeverSignedInOurName() {
        JsonNode vector = cases().findFirst().orElseThrow();
        Deployment here = ReceiptVectors.deployment(vector);
        Deployment elsewhere = new Deployment(here.chainId() + 1, here.contract(), here.instance());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypedReceipt.digest(ReceiptVectors.ofDomain(vector), elsewhere));
        assertThatIllegalArgumentException().isThrownBy(() -> new Deployment(0, here.contract(), here.instance()));
        assertThat(new Deployment(1, here.contract(), here.instance()).chainId())
                .isOne();
    }

    @Test
    void onlyWalletsSignTypedData() {
        JsonNode bls = Vectors.cases("receipts-v2.json", "cases").stream()
                .filter(vector -> Vectors.text(vector, "kind").equals("v2-bls"))
                .findFirst()
                .orElseThrow();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypedReceipt.digest(ReceiptVectors.ofDomain(bls), ReceiptVectors.deployment(bls)));
    }

    private static Bytes32 hash(String text) {
        return Keccak256.hash(Bytes.wrap(text.getBytes(US_ASCII)));
    }
}
