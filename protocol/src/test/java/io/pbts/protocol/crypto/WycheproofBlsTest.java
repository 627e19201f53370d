package io.pbts.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.Wycheproof;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WycheproofBlsTest {

    private static final String BASIC_TAG = "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_";

    @Test
    void verifiesTheSignaturesOfOurSuite() {
        Wycheproof file = Wycheproof.read("bls_sig_g2_pop_verify.json");
        BlsPublicKey key = BlsPublicKey.of(Vectors.bytes(file.file(), "publicKey"));
        requireVerdicts(file, 0, test -> BlsSignature.parse(Vectors.bytes(test, "sig"))
                .map(signature -> Bls.verify(key, Vectors.bytes(test, "msg"), signature))
                .orElse(false));
    }

    /** Another suite than ours, but with the same encodings. */
    @Test
    void verifiesTheSignaturesOfTheBasicSuiteUnderItsTag() {
        requireVerdicts(Wycheproof.read("bls_sig_g2_basic_verify.json"), 3, test -> verifies(test, BASIC_TAG));
    }

    @Test
    void takesNoSignatureOfTheBasicSuiteForOneOfOurs() {
        List<JsonNode> tests = Wycheproof.read("bls_sig_g2_basic_verify.json").tests();
        assertThat(tests)
                .filteredOn(test -> !Wycheproof.isLeftOut(test))
                .hasSize(85)
                .noneMatch(test -> parsed(test)
                        && Bls.verify(
                                BlsPublicKey.of(Vectors.bytes(test, "pk")),
                                Vectors.bytes(test, "msg"),
                                BlsSignature.of(Vectors.bytes(test, "sig"))));
    }

    /** A message and no key, or a key and no message, cannot be said to us at all: a pair has both. */
    @Test
    void verifiesAggregatesUnderTheTagOfTheBasicSuite() {
        requireVerdicts(
                Wycheproof.read("bls_sig_g2_aggregate_verify.json"), 0, test -> aggregateVerifies(test, BASIC_TAG));
    }

    @Test
    void hashesToTheSamePoints() {
        Wycheproof file = Wycheproof.read("bls_hash_to_g2.json");
        String tag = Vectors.text(file.file(), "dst");
        requireVerdicts(file, 3, test -> Bytes.wrap(
                        Bls.hash(Vectors.bytes(test, "msg"), tag).compress())
                .equals(Vectors.bytes(test, "expected")));
    }

    /** No false accept, no false reject, and as many cases as the original file says it has. */
    private static void requireVerdicts(Wycheproof file, int leftOut, Predicate<JsonNode> verdict) {
        List<String> wrong = new ArrayList<>();
        int judged = 0;
        for (JsonNode test : file.tests()) {
            if (Wycheproof.isLeftOut(test)) {
                continue;
            }
            judged++;
            if (verdict.test(test) != Wycheproof.isValid(test)) {
                wrong.add(test.toString());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(judged + leftOut).isEqualTo(file.size());
        assertThat(file.tests()).hasSize(file.size());
    }

    private static boolean parsed(JsonNode test) {
        return BlsPublicKey.parse(Vectors.bytes(test, "pk")).isPresent()
                && BlsSignature.parse(Vectors.bytes(test, "sig")).isPresent();
    }

    private static boolean verifies(JsonNode test, String tag) {
        return parsed(test)
                && Bls.verify(
                        BlsPublicKey.of(Vectors.bytes(test, "pk")),
                        Vectors.bytes(test, "msg"),
                        BlsSignature.of(Vectors.bytes(test, "sig")),
                        tag);
    }

    private static boolean aggregateVerifies(JsonNode test, String tag) {
        List<Bytes> keys = bytes(test.required("pubkeys"));
        List<Bytes> messages = bytes(test.required("messages"));
        Bytes signature = Vectors.bytes(test, "sig");
        if (keys.size() != messages.size()
                || BlsSignature.parse(signature).isEmpty()
                || keys.stream().anyMatch(key -> BlsPublicKey.parse(key).isEmpty())) {
            return false;
        }
        List<BlsMessage> pairs = IntStream.range(0, keys.size())
                .mapToObj(i -> new BlsMessage(BlsPublicKey.of(keys.get(i)), messages.get(i)))
                .toList();
        return Bls.verifyAggregate(pairs, BlsSignature.of(signature), tag);
    }

    private static List<Bytes> bytes(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(item -> Bytes.fromHexString(item.asString()))
                .toList();
    }
}
