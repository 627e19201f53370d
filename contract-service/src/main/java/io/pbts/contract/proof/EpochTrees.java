package io.pbts.contract.proof;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pbts.contract.proof.SettledEpoch.Part;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import io.pbts.protocol.merkle.LogTree;
import io.pbts.protocol.merkle.SumsTree;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.stereotype.Component;

/**
 * The trees under the root of a settlement, made again from our records. Whoever asks for proofs asks for many of one epoch,
 * so the last few are kept; each has at most as many accounts as one transaction carries.
 */
@Component
class EpochTrees {
    private static final int KEPT = 8;
    private static final int PAGE = 512;

    private final EpochRows rows;
    private final Cache<EpochRoot, Trees> trees =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    EpochTrees(EpochRows rows) {
        this.rows = rows;
    }

    /** The two halves of a root. */
    record Trees(LogTree batches, SumsTree sums) {
        Bytes32 batchesRoot() {
            return batches.root();
        }
    }

    /**
     * The trees of a part.
     *
     * @throws IllegalStateException when our records do not give the root that was settled
     */
    Trees of(SettledEpoch epoch, Part part) {
        return trees.get(part.root(), _ -> make(epoch, part));
    }

    private Trees make(SettledEpoch epoch, Part part) {
        var made = new Trees(batches(epoch), SumsTree.of(rows.sums(epoch, part)));
        if (!EpochRoot.of(made.batchesRoot(), made.sums().root()).equals(part.root())) {
            throw new IllegalStateException("our records do not give the root of settlement " + part.seq());
        }
        return made;
    }

    private LogTree batches(SettledEpoch epoch) {
        List<Bytes32> roots = new ArrayList<>();
        long next = epoch.fromPosition();
        while (next <= epoch.toPosition()) {
            List<EpochRows.Batch> page = rows.batches(next, epoch.toPosition(), PAGE);
            page.forEach(batch -> roots.add(batch.root()));
            next = page.getLast().position() + 1;
        }
        return LogTree.of(roots);
    }

    /** The place of an account among ascending sums; negative when it is not there. */
    static int placeOf(Bytes32 account, List<AccountSum> ascending) {
        int low = 0;
        int high = ascending.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = ascending.get(middle).account().bytes().compareTo(account);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
