package io.pbts.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.Wycheproof;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.hash.Sha256;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WycheproofSecp256k1Test {

    private static final Wycheproof FILE = Wycheproof.read("ecdsa_secp256k1_sha256_p1363.json");

    /** Its r stands for an abscissa above n: recovery ids 2 and 3, which Ethereum does not have. */
    private static final long ABSCISSA_ABOVE_ORDER = 115;

    /** What must become of a case. */
    private enum Expected {
        ACCEPTED,
        /** Valid by the standard, refused by us for its high s; with n - s in its place it is accepted. */
        REFUSED_FOR_HIGH_S,
        REFUSED
    }

    @Test
    void everyCaseIsAcceptedOrRefusedAsItMust() {
        Map<Expected, Integer> counts = new EnumMap<>(Expected.class);
        List<String> wrong = new ArrayList<>();
        for (JsonNode test : FILE.tests()) {
            Expected expected = expected(test);
            counts.merge(expected, 1, Integer::sum);
            Bytes signature = Vectors.bytes(test, "sig");
            boolean asItMust = verify(test, signature) == (expected == Expected.ACCEPTED)
                    && (signature.size() != Secp256k1.COMPACT_SIZE || twinIsAsItMust(test, expected));
            if (!asItMust) {
                wrong.add(test.toString());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(FILE.size());
        assertThat(counts)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Expected.ACCEPTED, 94, Expected.REFUSED_FOR_HIGH_S, 69, Expected.REFUSED, 79));
    }

    @Test
    void theKeyOfEveryValidCaseIsRecovered() {
        List<JsonNode> cases = FILE.tests().stream()
                .filter(Wycheproof::isValid)
                .filter(test -> Vectors.number(test, "tcId") != ABSCISSA_ABOVE_ORDER)
                .toList();
        assertThat(cases).hasSize(162).allSatisfy(test -> assertThat(recovered(test, low(test)))
                .contains(new Recovery.Signer(Secp256k1.address(key(test).uncompressed()))));
    }

    @Test
    void theKeyOfNoInvalidCaseIsRecovered() {
        assertThat(FILE.tests())
                .filteredOn(test -> !Wycheproof.isValid(test))
                .filteredOn(test -> Vectors.bytes(test, "sig").size() == Secp256k1.COMPACT_SIZE)
                .hasSize(61)
                .allSatisfy(test -> assertThat(recovered(test, Vectors.bytes(test, "sig")))
                        .doesNotContain(
                                new Recovery.Signer(Secp256k1.address(key(test).uncompressed()))));
    }

    private static Expected expected(JsonNode test) {
        if (!Wycheproof.isValid(test)) {
            return Expected.REFUSED;
        }
        return low(test).equals(Vectors.bytes(test, "sig")) ? Expected.ACCEPTED : Expected.REFUSED_FOR_HIGH_S;
    }

    /** With the other spelling of s, a valid case turns from accepted to refused and back; an invalid one stays so. */
    private static boolean twinIsAsItMust(JsonNode test, Expected expected) {
        Bytes signature = Vectors.bytes(test, "sig");
        BigInteger s = signature.slice(32).toUnsignedBigInteger();
        Bytes twin = withS(signature, Secp256k1.ORDER.subtract(s).mod(Secp256k1.ORDER));
        return verify(test, twin) == (expected == Expected.REFUSED_FOR_HIGH_S);
    }

    private static boolean verify(JsonNode test, Bytes signature) {
        return Secp256k1.verify(key(test), digest(test), signature);
    }

    private static Stream<Recovery> recovered(JsonNode test, Bytes compact) {
        return Stream.of(27, 28).map(v -> Secp256k1.recover(digest(test), Bytes.concatenate(compact, Bytes.of(v))));
    }

    private static Bytes low(JsonNode test) {
        Bytes signature = Vectors.bytes(test, "sig");
        BigInteger s = signature.slice(32).toUnsignedBigInteger();
        return withS(signature, s.min(Secp256k1.ORDER.subtract(s)));
    }

    private static Bytes withS(Bytes signature, BigInteger s) {
        return Bytes.concatenate(
                signature.slice(0, 32),
                Bytes32.leftPad(Bytes.wrap(s.toByteArray()).trimLeadingZeros()));
    }

    private static Secp256k1PublicKey key(JsonNode test) {
        return Secp256k1PublicKey.of(Vectors.bytes(test, "key"));
    }

    private static Bytes32 digest(JsonNode test) {
        return Sha256.hash(Vectors.bytes(test, "msg"));
    }
}
