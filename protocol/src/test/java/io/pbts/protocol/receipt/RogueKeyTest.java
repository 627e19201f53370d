package io.pbts.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsBatch;
import io.pbts.protocol.crypto.BlsMessage;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.BlsSigned;
import java.security.SecureRandom;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The forgery that worked on the originals: a key {@code a G - pk_victim} and one signature with {@code a} make the victim
 * a signer of a message it never saw.
 */
class RogueKeyTest {

    private static final JsonNode VECTOR = Vectors.read("bls-batches.json").required("rogue_key");

    private final BlsPublicKey victim = BlsPublicKey.of(Vectors.bytes(VECTOR, "victim"));
    private final BlsPublicKey rogue = BlsPublicKey.of(Vectors.bytes(VECTOR, "rogue"));
    private final BlsSecretKey attacker = BlsSecretKey.fromBytes(Vectors.bytes(VECTOR, "secret"));

    @Test
    void worksOnTheOldFormWhereAggregatesArePlainSums() {
        Bytes message = Vectors.bytes(VECTOR, "legacy_message");
        BlsSignature forged = BlsSignature.of(Vectors.bytes(VECTOR, "legacy_aggregate"));
        assertThat(Bls.verifyAggregate(both(message, message), forged)).isTrue();
    }

    @Test
    void failsOnTheOldFormWhereEachSignatureIsWeighed() {
        Bytes message = Vectors.bytes(VECTOR, "legacy_message");
        BlsSignature forged = BlsSignature.of(Vectors.bytes(VECTOR, "legacy_aggregate"));
        List<BlsSigned> items = List.of(new BlsSigned(victim, message, forged), new BlsSigned(rogue, message, forged));
        assertThat(BlsBatch.verify(items, new SecureRandom()).isEmpty()).isTrue();
    }

    @Test
    void failsOnReceiptV2EvenInAPlainSumBecauseEachNamesItsReceiver() {
        Bytes ofVictim = receiptFor(victim).signedBytes();
        Bytes ofRogue = receiptFor(rogue).signedBytes();
        assertThat(ofVictim).isNotEqualTo(ofRogue);
        for (Bytes message : List.of(ofVictim, ofRogue)) {
            BlsSignature forged = Bls.sign(attacker, message);
            assertThat(Bls.verifyAggregate(both(ofVictim, ofRogue), forged)).isFalse();
            assertThat(Bls.verify(victim, ofVictim, forged)).isFalse();
        }
    }

    @Test
    void neverGetsAProofOfPossession() {
        assertThat(Bls.verifyPossession(rogue, Bls.provePossession(attacker))).isFalse();
        assertThat(Bls.verifyPossession(rogue, Bls.sign(attacker, rogue.bytes())))
                .isFalse();
    }

    private List<BlsMessage> both(Bytes ofVictim, Bytes ofRogue) {
        return List.of(new BlsMessage(victim, ofVictim), new BlsMessage(rogue, ofRogue));
    }

    private static ReceiptV2 receiptFor(BlsPublicKey receiver) {
        ReceiptV2 good = ReceiptVectors.v2(
                ReceiptVectors.v2(ReceiptKind.V2_BLS).findFirst().orElseThrow());
        AccountKey key = receiver.accountKey();
        return new ReceiptV2(
                good.domain(),
                good.infoHash(),
                good.sender(),
                key,
                good.index(),
                good.length(),
                good.pieceHash(),
                good.timestamp());
    }
}
