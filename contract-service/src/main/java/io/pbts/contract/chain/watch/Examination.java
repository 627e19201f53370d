package io.pbts.contract.chain.watch;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.Block;
import io.pbts.contract.chain.ChainNode;
import io.pbts.contract.chain.Endpoint;
import io.pbts.contract.chain.Endpoint.Health;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.watch.ChainIdentity.Checkpoint;
import io.pbts.support.FactUnavailable;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at one node: is it there, and is it on the chain that our records belong to? */
final class Examination {
    private static final Logger LOG = LoggerFactory.getLogger(Examination.class);

    private final long chainId;
    private final boolean mayBeginAnew;

    /**
     * How nodes are examined.
     *
     * @param mayBeginAnew whether another first block than the recorded one is a chain that began anew
     */
    Examination(long chainId, boolean mayBeginAnew) {
        this.chainId = chainId;
        this.mayBeginAnew = mayBeginAnew;
    }

    /** What a node said. */
    sealed interface Finding {
        /**
         * Nothing speaks against it.
         *
         * @param finalized absent where a node does not know the tag: then nothing counts as final
         */
        record Good(Endpoint endpoint, Bytes32 genesis, Block head, Optional<Block> finalized, boolean begunAnew)
                implements Finding {}

        record Bad(Endpoint endpoint, Health health, String sentence) implements Finding {}
    }

    Finding of(Endpoint endpoint, ChainIdentity recorded) {
        ChainNode node = endpoint.node();
        try {
            long theirs = node.chainId();
            if (theirs != chainId) {
                return new Finding.Bad(
                        endpoint,
                        Health.WRONG_CHAIN,
                        "it is on chain %d, PBTS_CHAIN_ID is %d".formatted(theirs, chainId));
            }
            Bytes32 genesis = node.genesisHash();
            Optional<Bytes32> ours = recorded.genesisHash();
            boolean begunAnew = ours.isPresent() && !ours.get().equals(genesis);
            if (begunAnew && !mayBeginAnew) {
                return new Finding.Bad(
                        endpoint,
                        Health.WRONG_GENESIS,
                        "its first block is %s, ours is %s".formatted(genesis, ours.get()));
            }
            Optional<Finding> elsewhere = recorded.agreed().flatMap(block -> disagreement(endpoint, block));
            return elsewhere.orElseGet(() -> new Finding.Good(
                    endpoint,
                    genesis,
                    node.block(At.LATEST).orElseThrow(() -> new FactUnavailable("the chain", null)),
                    finalized(node),
                    begunAnew));
        } catch (FactUnavailable | NodeRefusal failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            // The class alone: messages name hosts and keys, and what this says is public.
            String sentence = failed instanceof NodeRefusal
                    ? "it answers with an error"
                    : "no answer that can be read: " + cause.getClass().getSimpleName();
            LOG.debug("event=node_failed node={}", endpoint.place(), failed);
            return new Finding.Bad(endpoint, Health.UNREACHABLE, sentence);
        }
    }

    private static Optional<Finding> disagreement(Endpoint endpoint, Checkpoint agreed) {
        Optional<Block> theirs = endpoint.node().block(agreed.number());
        if (theirs.isEmpty()) {
            return Optional.of(new Finding.Bad(
                    endpoint, Health.BEHIND, "it does not have block %d yet".formatted(agreed.number())));
        }
        return theirs.filter(block -> !block.hash().equals(agreed.hash()))
                .map(block -> new Finding.Bad(
                        endpoint,
                        Health.ON_A_FORK,
                        "its block %d is %s, the finalized one is %s"
                                .formatted(agreed.number(), block.hash(), agreed.hash())));
    }

    private static Optional<Block> finalized(ChainNode node) {
        try {
            return node.block(At.FINALIZED);
        } catch (NodeRefusal unknownTag) {
            LOG.debug("event=no_finalized_block cause=\"{}\"", unknownTag.sentence());
            return Optional.empty();
        }
    }
}
