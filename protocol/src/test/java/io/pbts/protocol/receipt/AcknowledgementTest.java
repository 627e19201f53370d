package io.pbts.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.crypto.Ed25519PublicKey;
import io.pbts.protocol.crypto.Ed25519SecretKey;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What a tracker signs for rows of its ledger, as independent code makes it. */
class AcknowledgementTest {

    private static final JsonNode VECTORS = Vectors.read("acknowledgements.json");
    private static final Ed25519SecretKey SECRET = new Ed25519SecretKey(Bytes32.wrap(Vectors.bytes(VECTORS, "seed")));
    private static final Ed25519PublicKey KEY = SECRET.publicKey();

    static Stream<JsonNode> cases() {
        return Vectors.list(VECTORS.required("cases")).stream();
    }

    static Stream<JsonNode> refused() {
        return Vectors.list(VECTORS.required("refused")).stream();
    }

    @Test
    void theSeedHasThePublicKeyOfTheVectors() {
        assertThat(KEY.bytes()).isEqualTo(Vectors.bytes(VECTORS, "public_key"));
        assertThat(KEY).hasToString(Vectors.text(VECTORS, "public_key"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyRowOfTheResultsIsInItOnceInAscendingSequence(JsonNode vector) {
        Acknowledgement made = acknowledgement(vector);
        assertThat(made.first()).isEqualTo(Vectors.number(vector, "first"));
        assertThat(made.count()).isEqualTo((int) Vectors.number(vector, "count"));
        assertThat(made.root()).isEqualTo(Vectors.bytes(vector, "root"));
        assertThat(made.signedBytes()).isEqualTo(Vectors.bytes(vector, "signed_bytes"));
        assertThat(made.signedBytes().size()).isEqualTo(Acknowledgement.SIGNED_SIZE);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSignatureIsThatOfTheVectorAndVerifies(JsonNode vector) {
        Acknowledgement made = acknowledgement(vector);
        assertThat(SECRET.sign(made.signedBytes())).isEqualTo(Vectors.bytes(vector, "signature"));
        assertThat(KEY.verifies(made.signedBytes(), Vectors.bytes(vector, "signature")))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNotExactlyThisVerifiesNever(JsonNode vector) {
        assertThat(KEY.verifies(Vectors.bytes(vector, "signed_bytes"), Vectors.bytes(vector, "signature")))
                .isFalse();
    }

    @Test
    void rowsAreOneOrMoreAndBeginAtNoNegativeNumber() {
        Acknowledgement good = acknowledgement(cases().findFirst().orElseThrow());
        assertThatIllegalArgumentException().isThrownBy(() -> new Acknowledgement(good.instance(), -1, 1, good.root()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Acknowledgement(good.instance(), 0, 0, good.root()));
        assertThatIllegalArgumentException().isThrownBy(() -> Acknowledgement.of(good.instance(), 1, List.of()));
        assertThat(new Acknowledgement(good.instance(), 0, 1, good.root()).first())
                .isZero();
    }

    private static Acknowledgement acknowledgement(JsonNode vector) {
        SortedMap<Long, ReceiptRowHash> rows = new TreeMap<>();
        Vectors.list(vector.required("results"))
                .forEach(row -> rows.put(
                        Vectors.number(row, "sequence"), ReceiptRowHash.fromHex(Vectors.text(row, "row_hash"))));
        return Acknowledgement.of(
                InstanceId.fromHex(Vectors.text(vector, "instance_id")), rows.firstKey(), List.copyOf(rows.values()));
    }
}
