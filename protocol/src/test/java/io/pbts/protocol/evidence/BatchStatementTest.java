package io.pbts.protocol.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.hash.Sha256;
import io.pbts.protocol.merkle.LogProof;
import io.pbts.protocol.merkle.LogTree;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.receipt.ReceiptVectors;
import java.util.List;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** One signature for many receipts, as independent code makes it. */
class BatchStatementTest {

    private static Stream<JsonNode> cases(boolean accepted) {
        return Vectors.cases("receipts-batch.json", "cases").stream()
                .filter(vector -> vector.required("accepted").asBoolean() == accepted);
    }

    static Stream<JsonNode> accepted() {
        return cases(true);
    }

    static Stream<JsonNode> refused() {
        return cases(false);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void hasTheRootAndTheBytesOfTheVector(JsonNode vector) {
        BatchStatement statement = statement(vector);
        assertThat(receipts(vector)).hasSize((int) Vectors.number(vector, "count"));
        assertThat(statement.count()).isEqualTo((int) Vectors.number(vector, "count"));
        assertThat(statement.root()).isEqualTo(Vectors.bytes(vector, "root"));
        assertThat(statement.signedBytes()).isEqualTo(Vectors.bytes(vector, "statement"));
        assertThat(statement.signedBytes().size()).isEqualTo(BatchStatement.SIGNED_SIZE);
        assertThat(statement.digest()).isEqualTo(Vectors.bytes(vector, "digest"));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void isSignedByItsReceiver(JsonNode vector) {
        assertThat(isSigned(statement(vector), Vectors.bytes(vector, "signature")))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void provesEachReceiptWithTheEvidenceOfTheVector(JsonNode vector) {
        List<JsonNode> members = Vectors.list(vector.required("members"));
        List<ReceiptV2> receipts = receipts(vector);
        LogTree tree = BatchStatement.tree(receipts);
        Bytes32 root = statement(vector).root();
        for (int place = 0; place < receipts.size(); place++) {
            JsonNode member = members.get(place);
            LogProof proof = tree.prove(place);
            Bytes32 entry = BatchStatement.entry(receipts.get(place));
            Evidence evidence = Evidence.batch(Vectors.bytes(vector, "signature"), proof);
            assertThat(receipts.get(place).signedBytes()).isEqualTo(Vectors.bytes(member, "signed_bytes"));
            assertThat(entry).isEqualTo(Vectors.bytes(member, "entry"));
            assertThat(proof.path()).isEqualTo(path(member));
            assertThat(proof.verifies(entry, root)).isTrue();
            assertThat(evidence.form()).isEqualTo(SignatureForm.BATCH);
            assertThat(Sha256.hash(evidence.bytes())).isEqualTo(Vectors.bytes(member, "evidence_hash"));
            if (member.has("evidence")) {
                assertThat(evidence.bytes()).isEqualTo(Vectors.bytes(member, "evidence"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isNeitherMadeNorSignedForAnythingElse(JsonNode vector) {
        assertThat(isOneOfItsReceiver(vector) && isSigned(statement(vector), Vectors.bytes(vector, "signature")))
                .isFalse();
    }

    @Test
    void refusesReceiptsOfAnotherReceiverOrDomain() {
        List<JsonNode> foreign =
                refused().filter(vector -> !isOneOfItsReceiver(vector)).toList();
        assertThat(foreign).hasSize(4);
        assertThat(foreign).allSatisfy(vector -> assertThatIllegalArgumentException()
                .isThrownBy(() -> statement(vector))
                .withMessageContaining("another receiver or domain"));
    }

    @Test
    void isOverOneReceiptAtLeast() {
        BatchStatement good = statement(accepted().findFirst().orElseThrow());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchStatement(good.domain(), good.receiver(), 0, good.root()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchStatement.over(good.domain(), good.receiver(), List.of()));
    }

    private static boolean isOneOfItsReceiver(JsonNode vector) {
        AccountKey receiver = ReceiptVectors.key(vector.required("receiver"));
        return receipts(vector).stream()
                .allMatch(receipt -> receipt.receiver().equals(receiver)
                        && receipt.domain().hex().equals(Vectors.text(vector, "domain")));
    }

    private static BatchStatement statement(JsonNode vector) {
        return BatchStatement.over(
                ReceiptDomain.fromHex(Vectors.text(vector, "domain")),
                ReceiptVectors.key(vector.required("receiver")),
                receipts(vector));
    }

    private static List<ReceiptV2> receipts(JsonNode vector) {
        return Vectors.list(vector.required("members")).stream()
                .map(ReceiptVectors::ofDomain)
                .toList();
    }

    private static boolean isSigned(BatchStatement statement, Bytes signature) {
        return switch (statement.receiver()) {
            case AccountKey.Bls key ->
                Bls.verify(BlsPublicKey.of(key), statement.signedBytes(), BlsSignature.of(signature));
            case AccountKey.Wallet(var address) ->
                Secp256k1.recoverPersonal(statement.digest(), signature).equals(new Recovery.Signer(address));
        };
    }

    private static List<Bytes32> path(JsonNode member) {
        return member.required("path")
                .valueStream()
                .map(hash -> Bytes32.fromHexString(hash.asString()))
                .toList();
    }
}
