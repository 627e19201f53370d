package io.pbts.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.epoch.GoldenEpoch;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SumProofTest {
    private static final Bytes32 BATCHES_ROOT = Bytes32.wrap(Vectors.bytes(GoldenEpoch.inParts(), "batches_root"));

    @Test
    void leadsFromEachSumToTheRootOnTheChain() {
        for (JsonNode part : Vectors.list(GoldenEpoch.inParts().required("parts"))) {
            EpochRoot root = EpochRoot.fromHex(Vectors.text(part, "root"));
            for (JsonNode sum : Vectors.list(part.required("sums"))) {
                assertThat(proof(sum, 0).verifies(root)).isTrue();
                assertThat(proof(sum, 1).verifies(root)).isFalse();
                var otherBatches =
                        new SumProof(proof(sum, 0).sum(), proof(sum, 0).path(), Bytes32.ZERO);
                assertThat(otherBatches.verifies(root)).isFalse();
            }
        }
    }

    @Test
    void hasAPathThatSomeTreeCouldHave() {
        SumProof one = proof(
                GoldenEpoch.whole().required("parts").get(0).required("sums").get(0), 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SumProof(one.sum(), Collections.nCopies(33, Bytes32.ZERO), BATCHES_ROOT));
    }

    private static SumProof proof(JsonNode vector, long more) {
        List<Bytes32> path = StreamSupport.stream(vector.required("path").spliterator(), false)
                .map(hash -> Bytes32.wrap(Bytes.fromHexString(hash.asString())))
                .toList();
        var sum = new AccountSum(
                ChainAccount.fromHex(Vectors.text(vector, "account")),
                Vectors.number(vector, "up") + more,
                Vectors.number(vector, "down"));
        return new SumProof(sum, path, BATCHES_ROOT);
    }
}
