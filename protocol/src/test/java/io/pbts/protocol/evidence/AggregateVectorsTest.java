package io.pbts.protocol.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsMessage;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.hash.Sha256;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** One signature for all receipts that have none, as independent code sums and judges it. */
class AggregateVectorsTest {

    static Stream<JsonNode> cases() {
        return Vectors.cases("receipts-aggregate.json", "cases").stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void verifiesIffItDoesElsewhere(JsonNode vector) {
        assertThat(verifies(vector))
                .isEqualTo(vector.required("aggregate_verifies").asBoolean());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void countsIffItVerifiesAndEveryReceiverHasProvenItsKey(JsonNode vector) {
        boolean proven = Vectors.list(vector.required("members")).stream()
                .allMatch(member -> member.required("key_proven").asBoolean());
        assertThat(proven && verifies(vector))
                .isEqualTo(vector.required("accepted").asBoolean());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isItsOwnEvidence(JsonNode vector) {
        Evidence evidence = Evidence.aggregate(Vectors.bytes(vector, "aggregate_signature"));
        assertThat(evidence.form()).isEqualTo(SignatureForm.AGGREGATE);
        assertThat(Sha256.hash(evidence.bytes())).isEqualTo(Vectors.bytes(vector, "evidence_hash"));
    }

    /** No sum can tell a rogue key from others: its missing proof is all that stands against it. */
    @Test
    void oneCaseIsRefusedForWantOfAProofAlone() {
        assertThat(cases().filter(vector ->
                        verifies(vector) && !vector.required("accepted").asBoolean()))
                .hasSize(1);
    }

    private static boolean verifies(JsonNode vector) {
        List<BlsMessage> members = Vectors.list(vector.required("members")).stream()
                .map(member -> new BlsMessage(
                        BlsPublicKey.of(Vectors.bytes(member, "receiver")), Vectors.bytes(member, "message")))
                .toList();
        return BlsSignature.parse(Vectors.bytes(vector, "aggregate_signature"))
                .map(aggregate -> Bls.verifyAggregate(members, aggregate))
                .orElse(false);
    }
}
