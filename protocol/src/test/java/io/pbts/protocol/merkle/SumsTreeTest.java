package io.pbts.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.ChainAccount;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SumsTreeTest {

    static Stream<JsonNode> trees() {
        return Vectors.cases("ledger.json", "sums_trees").stream();
    }

    static Stream<JsonNode> epochs() {
        return Vectors.cases("ledger.json", "epochs").stream();
    }

    @ParameterizedTest
    @MethodSource("trees")
    void hasTheRootAndTheProofsOfOpenZeppelin(JsonNode vector) {
        List<JsonNode> expected = Vectors.list(vector.required("sums"));
        SumsTree tree =
                SumsTree.of(expected.stream().map(SumsTreeTest::sum).toList().reversed());
        assertThat(tree.root()).isEqualTo(Bytes32.wrap(Vectors.bytes(vector, "root")));
        for (int i = 0; i < expected.size(); i++) {
            AccountSum sum = sum(expected.get(i));
            assertThat(tree.sums().get(i)).isEqualTo(sum);
            assertThat(tree.prove(i)).isEqualTo(path(expected.get(i)));
            assertThat(SumsTree.verifies(sum, tree.prove(i), tree.root())).isTrue();
        }
    }

    @Test
    void proofsOfOtherAmountsOrAccountsFail() {
        AccountSum sum = new AccountSum(account(1), 10, 20);
        SumsTree tree = SumsTree.of(List.of(sum, new AccountSum(account(2), 20, 10)));
        List<Bytes32> path = tree.prove(0);
        assertThat(SumsTree.verifies(sum, path, tree.root())).isTrue();
        assertThat(SumsTree.verifies(new AccountSum(account(1), 11, 20), path, tree.root()))
                .isFalse();
        assertThat(SumsTree.verifies(new AccountSum(account(1), 20, 10), path, tree.root()))
                .isFalse();
        assertThat(SumsTree.verifies(new AccountSum(account(3), 10, 20), path, tree.root()))
                .isFalse();
        assertThat(SumsTree.verifies(sum, List.of(), tree.root())).isFalse();
    }

    @Test
    void anEpochWithoutAccountsHasARootThatProvesNothing() {
        assertThat(SumsTree.of(List.of()).root()).isEqualTo(Bytes32.ZERO);
        assertThat(SumsTree.verifies(new AccountSum(account(1), 0, 0), List.of(), Bytes32.ZERO))
                .isFalse();
    }

    @Test
    void refusesAnAccountTwiceAndNegativeSums() {
        AccountSum sum = new AccountSum(account(1), 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SumsTree.of(List.of(sum, new AccountSum(account(1), 2, 2))));
        assertThatIllegalArgumentException().isThrownBy(() -> new AccountSum(account(1), -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new AccountSum(account(1), 0, -1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> SumsTree.of(List.of(sum)).prove(1));
    }

    @ParameterizedTest
    @MethodSource("epochs")
    void anEpochRootIsTheHashOfBothRoots(JsonNode vector) {
        Bytes32 batches = Bytes32.wrap(Vectors.bytes(vector, "batches_root"));
        Bytes32 sums = Bytes32.wrap(Vectors.bytes(vector, "sums_root"));
        assertThat(EpochRoot.of(batches, sums)).isEqualTo(EpochRoot.fromHex(Vectors.text(vector, "root")));
    }

    @Test
    void anEpochRootIsMadeOfBatchesInOrderAndSums() {
        List<Bytes32> batches = List.of(Bytes32.repeat((byte) 1), Bytes32.repeat((byte) 2));
        List<AccountSum> sums = List.of(new AccountSum(account(1), 1, 1));
        EpochRoot root = EpochRoot.of(batches, sums);
        assertThat(root)
                .isEqualTo(EpochRoot.of(
                        LogTree.of(batches).root(), SumsTree.of(sums).root()));
        assertThat(EpochRoot.of(batches.reversed(), sums)).isNotEqualTo(root);
    }

    private static AccountSum sum(JsonNode vector) {
        return new AccountSum(
                ChainAccount.fromHex(Vectors.text(vector, "account")),
                Vectors.number(vector, "up"),
                Vectors.number(vector, "down"));
    }

    private static List<Bytes32> path(JsonNode vector) {
        return StreamSupport.stream(vector.required("path").spliterator(), false)
                .map(JsonNode::asString)
                .map(Bytes32::fromHexString)
                .toList();
    }

    private static ChainAccount account(int number) {
        return new ChainAccount(Bytes32.repeat((byte) number));
    }
}
