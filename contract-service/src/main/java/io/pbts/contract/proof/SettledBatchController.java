package io.pbts.contract.proof;

import io.pbts.contract.proof.EpochTrees.Trees;
import io.pbts.protocol.merkle.LogProof;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where batches of receipts stand under the roots on the chain. */
@RestController
@Tag(name = "internal")
class SettledBatchController {
    private static final int MOST = 256;

    private final EpochRows rows;
    private final EpochTrees trees;

    SettledBatchController(EpochRows rows, EpochTrees trees) {
        this.rows = rows;
        this.trees = trees;
    }

    record BatchQuestion(List<Long> batchSeqs) {}

    /**
     * The place of a batch under a root on the chain; all hashes 64 hexadecimal digits.
     *
     * @param contract the ledger that has it
     * @param seq the ledger's number of the settlement, the first one of an epoch in parts
     * @param root that the contract has under it: keccak256(batches root || sums root)
     * @param index place among the epoch's batches, from 0
     * @param size batches of the epoch
     * @param path sibling hashes from the batch's root up to the batches root
     */
    record SettledBatch(
            long batchSeq,
            String contract,
            long seq,
            String root,
            String sumsRoot,
            int index,
            int size,
            List<String> path) {}

    record SettledBatches(List<SettledBatch> batches) {}

    /** Those of the batches that are on the chain. */
    @Allow(value = Who.SERVICE, services = "receipt")
    @PostMapping("/internal/v1/batches/settled")
    SettledBatches settled(@RequestBody BatchQuestion question) {
        if (question.batchSeqs().size() > MOST) {
            throw new Refusal(400, "too-many-batches", "At most %d batches at once".formatted(MOST));
        }
        return new SettledBatches(
                rows.settled(question.batchSeqs()).stream().map(this::answer).toList());
    }

    private SettledBatch answer(EpochRows.Settled settled) {
        SettledEpoch epoch = rows.of(settled.seq()).orElseThrow();
        SettledEpoch.Part part = epoch.part(settled.seq());
        Trees made = trees.of(epoch, part);
        LogProof proof = made.batches().prove((int) (settled.position() - epoch.fromPosition()));
        return new SettledBatch(
                settled.batch(),
                epoch.contract().checksummed(),
                part.contractSeq(),
                part.root().hex(),
                made.sums().root().toUnprefixedHexString(),
                proof.index(),
                proof.size(),
                proof.path().stream().map(Bytes32::toUnprefixedHexString).toList());
    }
}
