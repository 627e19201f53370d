package io.pbts.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.Vectors;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class BlsBatchTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    static Stream<JsonNode> batches() {
        return Vectors.cases("bls-batches.json", "cases").stream();
    }

    @ParameterizedTest
    @MethodSource("batches")
    void saysOfEachSignatureWhatNobleSaysOfItAlone(JsonNode vector) {
        List<BlsSigned> items = items(vector);
        BitSet expected = new BitSet();
        List<JsonNode> verdicts = Vectors.list(vector.required("items"));
        IntStream.range(0, verdicts.size())
                .forEach(i -> expected.set(i, verdicts.get(i).required("valid").asBoolean()));
        assertThat(BlsBatch.verify(items, RANDOM)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("batches")
    void agreesWithNobleOnThePlainAggregate(JsonNode vector) {
        List<BlsSigned> items = items(vector);
        BlsSignature aggregate =
                Bls.aggregate(items.stream().map(BlsSigned::signature).toList());
        List<BlsMessage> messages = items.stream()
                .map(item -> new BlsMessage(item.key(), item.message()))
                .toList();
        assertThat(Bls.verifyAggregate(messages, aggregate))
                .isEqualTo(vector.required("aggregate_verifies").asBoolean());
    }

    @Test
    void rejectsACancellingPairThatThePlainAggregateTakes() {
        JsonNode vector = named("errors of one key that cancel");
        assertThat(vector.required("aggregate_verifies").asBoolean()).isTrue();
        assertThat(BlsBatch.verify(items(vector), RANDOM).cardinality()).isEqualTo(2);
    }

    @Test
    void rejectsSwappedSignaturesThatThePlainAggregateTakes() {
        JsonNode vector = named("two of one key swapped");
        assertThat(vector.required("aggregate_verifies").asBoolean()).isTrue();
        assertThat(BlsBatch.verify(items(vector), RANDOM).cardinality()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "2, 1", "63, 0", "63, 31", "63, 62", "256, 0", "256, 128", "256, 255"})
    void namesTheOneBadSignatureWhereverItStands(int size, int bad) {
        List<BlsSigned> items = new ArrayList<>(signed(size));
        BlsSigned victim = items.get(bad);
        items.set(bad, new BlsSigned(victim.key(), Bytes.wrap(victim.message(), Bytes.of(1)), victim.signature()));
        BitSet expected = new BitSet();
        expected.set(0, size);
        expected.clear(bad);
        assertThat(BlsBatch.verify(items, RANDOM)).isEqualTo(expected);
    }

    @Test
    void equalsTheVerdictOnEachAloneForAnyPatternOfBadOnes() {
        List<BlsSigned> good = signed(6);
        for (int pattern = 0; pattern < 1 << good.size(); pattern++) {
            BitSet bad = BitSet.valueOf(new long[] {pattern});
            List<BlsSigned> items = IntStream.range(0, good.size())
                    .mapToObj(i -> bad.get(i) ? withKeyOf(good.get(i), good.get((i + 1) % 3)) : good.get(i))
                    .toList();
            BitSet alone = new BitSet();
            IntStream.range(0, items.size()).forEach(i -> alone.set(i, verifies(items.get(i))));
            assertThat(BlsBatch.verify(items, RANDOM)).isEqualTo(alone);
        }
    }

    @Test
    void keysAndSignaturesMayBeSharedByThreads() {
        List<BlsSigned> items = signed(12);
        assertThat(IntStream.range(0, 64).parallel().mapToObj(_ -> BlsBatch.verify(items, RANDOM)
                        .cardinality()))
                .hasSize(64)
                .containsOnly(items.size());
    }

    @Test
    void anEmptyBatchHoldsNothingValidAndAnEmptyAggregateIsRefused() {
        assertThat(BlsBatch.verify(List.of(), RANDOM).isEmpty()).isTrue();
        assertThat(Bls.verifyAggregate(List.of(), signed(1).getFirst().signature()))
                .isFalse();
    }

    private static BlsSigned withKeyOf(BlsSigned item, BlsSigned other) {
        return new BlsSigned(other.key(), item.message(), item.signature());
    }

    private static boolean verifies(BlsSigned item) {
        return Bls.verify(item.key(), item.message(), item.signature());
    }

    private static List<BlsSigned> signed(int size) {
        List<BlsSecretKey> keys = IntStream.range(2, 5)
                .mapToObj(number -> BlsSecretKey.fromBytes(Bytes32.leftPad(Bytes.of(number))))
                .toList();
        return IntStream.range(0, size)
                .mapToObj(i -> {
                    BlsSecretKey key = keys.get(i % keys.size());
                    Bytes message = Bytes.ofUnsignedInt(i);
                    return new BlsSigned(key.publicKey(), message, Bls.sign(key, message));
                })
                .toList();
    }

    private static JsonNode named(String name) {
        return batches()
                .filter(vector -> Vectors.text(vector, "name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<BlsSigned> items(JsonNode vector) {
        return Vectors.list(vector.required("items")).stream()
                .map(item -> new BlsSigned(
                        BlsPublicKey.of(Vectors.bytes(item, "public_key")),
                        Vectors.bytes(item, "message"),
                        BlsSignature.of(Vectors.bytes(item, "signature"))))
                .toList();
    }
}
