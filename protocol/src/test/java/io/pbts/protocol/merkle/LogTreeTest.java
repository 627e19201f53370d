package io.pbts.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.hash.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class LogTreeTest {

    static Stream<JsonNode> trees() {
        return Vectors.cases("ledger.json", "log_trees").stream();
    }

    @ParameterizedTest
    @MethodSource("trees")
    void hasTheRootAndThePathsOfTheRecursiveDefinition(JsonNode vector) {
        LogTree tree = LogTree.of(hashes(vector.required("entries")));
        assertThat(tree.root()).isEqualTo(Bytes32.wrap(Vectors.bytes(vector, "root")));
        for (int i = 0; i < tree.size(); i++) {
            assertThat(tree.prove(i).path())
                    .isEqualTo(hashes(vector.required("paths").get(i)));
        }
    }

    @Test
    void anEmptyTreeHasTheHashOfNothing() {
        assertThat(LogTree.of(List.of()).root().toUnprefixedHexString())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void provesEveryEntryAtItsPlaceAndNowhereElse() {
        for (int size = 1; size <= 20; size++) {
            List<Bytes32> entries = entries(size);
            LogTree tree = LogTree.of(entries);
            for (int i = 0; i < size; i++) {
                LogProof proof = tree.prove(i);
                for (int claimed = 0; claimed < size; claimed++) {
                    assertThat(proof.verifies(entries.get(claimed), tree.root()))
                            .isEqualTo(claimed == i);
                    LogProof elsewhere = new LogProof(claimed, size, proof.path());
                    assertThat(elsewhere.verifies(entries.get(i), tree.root())).isEqualTo(claimed == i);
                }
            }
        }
    }

    @Test
    void aChangedShortenedOrLengthenedPathProvesNothing() {
        List<Bytes32> entries = entries(11);
        LogTree tree = LogTree.of(entries);
        LogProof proof = tree.prove(6);
        for (int i = 0; i < proof.path().size(); i++) {
            List<Bytes32> changed = new ArrayList<>(proof.path());
            changed.set(i, changed.get(i).not());
            assertThat(new LogProof(6, 11, changed).verifies(entries.get(6), tree.root()))
                    .isFalse();
        }
        List<Bytes32> longer = new ArrayList<>(proof.path());
        longer.add(Bytes32.ZERO);
        assertThat(new LogProof(6, 11, longer).verifies(entries.get(6), tree.root()))
                .isFalse();
        List<Bytes32> shorter = proof.path().subList(0, proof.path().size() - 1);
        assertThat(new LogProof(6, 11, shorter).verifies(entries.get(6), tree.root()))
                .isFalse();
    }

    @Test
    void aNodeDoesNotPassForAnEntry() {
        List<Bytes32> entries = entries(2);
        LogTree tree = LogTree.of(entries);
        Bytes32 node = Sha256.hash(LogTree.leaf(entries.get(0)), LogTree.leaf(entries.get(1)));
        assertThat(LogTree.of(List.of(tree.root())).root()).isNotEqualTo(tree.root());
        assertThat(LogTree.of(List.of(node)).root()).isNotEqualTo(tree.root());
    }

    @Test
    void theOrderOfTheEntriesMatters() {
        List<Bytes32> entries = entries(4);
        assertThat(LogTree.of(entries.reversed()).root())
                .isNotEqualTo(LogTree.of(entries).root());
    }

    @Test
    void hasNoEntryBeyondTheLast() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> LogTree.of(entries(3)).prove(3));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogProof(3, 3, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogProof(-1, 3, List.of()));
    }

    private static List<Bytes32> entries(int size) {
        return IntStream.range(0, size).mapToObj(i -> Sha256.hash(Bytes.of(i))).toList();
    }

    private static List<Bytes32> hashes(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .map(Bytes32::fromHexString)
                .toList();
    }
}
