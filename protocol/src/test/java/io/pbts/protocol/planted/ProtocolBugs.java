package io.pbts.protocol.planted;

import io.pbts.protocol.testing.PlantedBug;
import java.util.List;

/** Mistakes in signatures and receipts that others have made. The numbers are those of the list that they come from. */
final class ProtocolBugs {
    private static final String MAIN = "protocol/src/main/java/io/pbts/protocol/";
    private static final String TESTS = "io.pbts.protocol.";

    static final List<PlantedBug> ALL = List.of(
            PlantedBug.of(
                    "5: a key needs no proof of possession",
                    MAIN + "crypto/Bls.java",
                    "return verify(key, key.bytes(), proof, POSSESSION_TAG);",
                    "return key.bytes().size() == 48 && proof.bytes().size() == 96;",
                    TESTS + "receipt.RogueKeyTest#neverGetsAProofOfPossession"),
            PlantedBug.of(
                    "5: a signature passes for a proof of possession",
                    MAIN + "crypto/Bls.java",
                    "\"BLS_POP_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_\"",
                    "\"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_\"",
                    TESTS + "crypto.BlsVectorsTest#aProofOfPossessionIsNoSignatureOverTheKeyAndTheOtherWayRound"),
            PlantedBug.of(
                    "6: the receiver's key is not among the signed bytes",
                    MAIN + "receipt/ReceiptV2.java",
                    ".leftPadded(receiver.bytes(), KEY_WIDTH)",
                    ".leftPadded(org.apache.tuweni.bytes.Bytes.EMPTY, KEY_WIDTH)",
                    TESTS + "receipt.RogueKeyTest#failsOnReceiptV2EvenInAPlainSumBecauseEachNamesItsReceiver",
                    TESTS + "evidence.TypedReceiptProperties#anyChangeOfOneFieldChangesTheDigestAndTheSignedBytes"),
            PlantedBug.of(
                    "6: the receiver is not among the typed data",
                    MAIN + "evidence/TypedReceipt.java",
                    "Bytes32.leftPad(wallet.bytes()),",
                    "Bytes32.leftPad(wallet.bytes().slice(20)),",
                    TESTS + "evidence.TypedReceiptTest#hasTheHashesOfTheVector",
                    TESTS + "evidence.TypedReceiptProperties#anyChangeOfOneFieldChangesTheDigestAndTheSignedBytes"),
            PlantedBug.of(
                    "6: a batch may hold receipts of another receiver",
                    MAIN + "evidence/BatchStatement.java",
                    "!receipt.receiver().equals(receiver) || ",
                    "",
                    TESTS + "evidence.BatchStatementTest#refusesReceiptsOfAnotherReceiverOrDomain"),
            PlantedBug.of(
                    "6: a session's key signs for other parties",
                    MAIN + "evidence/SessionCertificate.java",
                    "                && receipt.receiver().equals(receiver)\n",
                    "",
                    TESTS + "evidence.SessionCertificateTest#countsForNothingElse"),
            PlantedBug.of(
                    "7: a batch is a plain sum",
                    MAIN + "crypto/BlsBatch.java",
                    "long weight = random.nextLong();",
                    "long weight = random.nextLong() == 0 ? 1 : 1;",
                    TESTS + "crypto.BlsBatchTest#rejectsACancellingPairThatThePlainAggregateTakes",
                    TESTS + "crypto.BlsBatchTest#rejectsSwappedSignaturesThatThePlainAggregateTakes"),
            PlantedBug.of(
                    "8: a high s is taken",
                    MAIN + "crypto/Secp256k1.java",
                    "return s.compareTo(HALF_ORDER) > 0 ? Optional.of(Reason.HIGH_S) : Optional.empty();",
                    "return s.signum() < 0 ? Optional.of(Reason.HIGH_S) : Optional.empty();",
                    TESTS + "crypto.Secp256k1Test#refusesEveryOtherSpelling",
                    TESTS + "receipt.LegacyVectorsTest#noOtherSpellingAndNobodyElseSignsForTheReceiver"),
            PlantedBug.of(
                    "9: a key of 96 bytes is taken",
                    MAIN + "crypto/Bls.java",
                    "requireCompressed(compressed, BlsPublicKey.SIZE);",
                    "if (compressed.size() != 96) requireCompressed(compressed, BlsPublicKey.SIZE);",
                    TESTS + "crypto.BlsVectorsTest#refusesAMalformedKey"),
            PlantedBug.of(
                    "9: whatever the library decodes is a key",
                    MAIN + "crypto/BlsPublicKey.java",
                    "this.point = Bls.decodeKey(this.bytes);",
                    "this.point = new Bls.KeyPoint(new supranational.blst.P1_Affine(this.bytes.toArray()));",
                    TESTS + "crypto.BlsVectorsTest#refusesAMalformedKey"));

    private ProtocolBugs() {}
}
