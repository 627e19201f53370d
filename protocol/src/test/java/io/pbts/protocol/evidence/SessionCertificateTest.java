package io.pbts.protocol.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1PublicKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.hash.Sha256;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.receipt.ReceiptVectors;
import io.pbts.protocol.torrent.InfoHash;
import java.util.List;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Keys for a session, as independent code certifies and uses them. */
class SessionCertificateTest {

    static Stream<JsonNode> cases() {
        return Vectors.cases("receipts-session.json", "cases").stream();
    }

    static Stream<JsonNode> refused() {
        return Vectors.cases("receipts-session.json", "refused").stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasTheBytesOfTheVectorAndItsReceiversSignature(JsonNode vector) {
        SessionCertificate certificate = certificate(vector);
        assertThat(certificate.signedBytes()).isEqualTo(Vectors.bytes(vector, "certificate"));
        assertThat(certificate.signedBytes().size()).isEqualTo(SessionCertificate.SIGNED_SIZE);
        assertThat(isCertified(vector)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void letsItsKeySignWhatTheVectorSigned(JsonNode vector) {
        var key = Secp256k1SecretKey.fromBytes(Bytes32.wrap(Vectors.bytes(vector, "session_secret")));
        SessionCertificate certificate = certificate(vector);
        assertThat(key.publicKey().bytes()).isEqualTo(Vectors.bytes(vector, "session_key"));
        Bytes32 fingerprint = certificate.fingerprint(Vectors.bytes(vector, "signature"));
        for (JsonNode piece : pieces(vector)) {
            ReceiptV2 receipt = ReceiptVectors.ofDomain(piece);
            Bytes signature = key.signCompact(SessionCertificate.digest(receipt));
            Evidence evidence = Evidence.session(signature, fingerprint);
            assertThat(receipt.kind()).isEqualTo(ReceiptKind.V2_BLS);
            assertThat(receipt.signedBytes()).isEqualTo(Vectors.bytes(piece, "signed_bytes"));
            assertThat(SessionCertificate.digest(receipt)).isEqualTo(Vectors.bytes(piece, "digest"));
            assertThat(signature).isEqualTo(Vectors.bytes(piece, "signature"));
            assertThat(evidence.form()).isEqualTo(SignatureForm.SESSION);
            assertThat(evidence.bytes()).isEqualTo(Vectors.bytes(piece, "evidence"));
            assertThat(Sha256.hash(evidence.bytes())).isEqualTo(Vectors.bytes(piece, "evidence_hash"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void coversTheReceiptsThatItsKeySigned(JsonNode vector) {
        SessionCertificate certificate = certificate(vector);
        assertThat(pieces(vector)).allSatisfy(piece -> {
            assertThat(certificate.covers(ReceiptVectors.ofDomain(piece))).isTrue();
            assertThat(isSigned(vector, piece)).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("refused")
    void countsForNothingElse(JsonNode vector) {
        JsonNode piece = pieces(vector).getFirst();
        switch (Vectors.text(vector, "reason")) {
            case "HIGH_S", "OTHER", "RANGE", "SIZE" -> {
                assertThat(isCertified(vector)).isTrue();
                assertThat(certificate(vector).covers(ReceiptVectors.ofDomain(piece)))
                        .isTrue();
                assertThat(isSigned(vector, piece)).isFalse();
            }
            case "OUTSIDE" -> {
                assertThat(isCertified(vector)).isTrue();
                assertThat(isSigned(vector, piece)).isTrue();
                assertThat(certificate(vector).covers(ReceiptVectors.ofDomain(piece)))
                        .isFalse();
            }
            case "CERTIFICATE" -> assertThat(isCertificate(vector)).isFalse();
            default -> throw new IllegalStateException("a reason that is not known");
        }
    }

    @Test
    void everyReasonToRefuseHasItsVectors() {
        assertThat(refused().map(vector -> Vectors.text(vector, "reason")))
                .contains("HIGH_S", "OTHER", "RANGE", "SIZE", "OUTSIDE", "CERTIFICATE")
                .hasSize(30);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "5, 4", "0, 86401", "1, 86402", "0, 9223372036854775807", "9223372036854775807, -1"})
    void lastsADayAtMostAndNeverEndsBeforeItBegins(long from, long to) {
        assertThatIllegalArgumentException().isThrownBy(() -> lasting(from, to));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 86400", "9223372036854689407, 9223372036854775807"})
    void mayLastASecondOrADay(long from, long to) {
        assertThat(lasting(from, to).to()).isEqualTo(to);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, 34, 65})
    void certifiesCompressedKeysOnly(int size) {
        SessionCertificate good = certificate(cases().findFirst().orElseThrow());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionCertificate(
                        good.domain(),
                        good.sessionId(),
                        good.infoHash(),
                        good.sender(),
                        good.receiver(),
                        Bytes.repeat((byte) 2, size),
                        good.from(),
                        good.to()));
    }

    private static SessionCertificate lasting(long from, long to) {
        SessionCertificate good = certificate(cases().findFirst().orElseThrow());
        return new SessionCertificate(
                good.domain(),
                good.sessionId(),
                good.infoHash(),
                good.sender(),
                good.receiver(),
                good.sessionKey(),
                from,
                to);
    }

    private static SessionCertificate certificate(JsonNode vector) {
        return new SessionCertificate(
                ReceiptDomain.fromHex(Vectors.text(vector, "domain")),
                Bytes32.wrap(Vectors.bytes(vector, "session_id")),
                new InfoHash(Vectors.bytes(vector, "info_hash")),
                ReceiptVectors.key(vector.required("sender")),
                new AccountKey.Bls(Vectors.bytes(vector, "receiver")),
                Vectors.bytes(vector, "session_key"),
                Vectors.number(vector, "from"),
                Vectors.number(vector, "to"));
    }

    private static List<JsonNode> pieces(JsonNode vector) {
        return Vectors.list(vector.required("pieces"));
    }

    /** Whether it can be made at all, its key is a point, and the receiver signed it. */
    private static boolean isCertificate(JsonNode vector) {
        try {
            return Secp256k1PublicKey.parse(certificate(vector).sessionKey()).isPresent() && isCertified(vector);
        } catch (IllegalArgumentException impossible) {
            return false;
        }
    }

    private static boolean isCertified(JsonNode vector) {
        return Bls.verify(
                BlsPublicKey.of(Vectors.bytes(vector, "receiver")),
                certificate(vector).signedBytes(),
                BlsSignature.of(Vectors.bytes(vector, "signature")));
    }

    private static boolean isSigned(JsonNode vector, JsonNode piece) {
        return Secp256k1.verify(
                Secp256k1PublicKey.of(Vectors.bytes(vector, "session_key")),
                SessionCertificate.digest(ReceiptVectors.ofDomain(piece)),
                Vectors.bytes(piece, "signature"));
    }
}
