package io.pbts.contract.chain.watch;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.Block;
import io.pbts.contract.chain.ChainNode;
import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.support.FactUnavailable;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at the node and says whether it is there and still shows our chain. The chain id and the first block are compared
 * at every look: a node behind the same URL can be exchanged while we run.
 */
@Component
public class ChainWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ChainWatch.class);

    private final ChainNode node;
    private final ChainIdentities identities;
    private final ChainProperties properties;
    private volatile ChainState latest = new ChainState.Unreachable("not asked yet");

    ChainWatch(ChainNode node, ChainIdentities identities, ChainProperties properties) {
        this.node = node;
        this.identities = identities;
        this.properties = properties;
    }

    /** What the last look found. */
    public ChainState latest() {
        return latest;
    }

    /** Looks now. */
    public ChainState look() {
        ChainState found = ask();
        if (!found.getClass().equals(latest.getClass())) {
            announce(found);
        }
        latest = found;
        return found;
    }

    private ChainState ask() {
        try {
            long chainId = node.chainId();
            if (chainId != properties.chainId()) {
                return new ChainState.Foreign(
                        "the node is on chain %d, PBTS_CHAIN_ID is %d".formatted(chainId, properties.chainId()));
            }
            Bytes32 genesis = node.genesisHash();
            Optional<Bytes32> recorded = identities.current().genesisHash();
            if (recorded.isEmpty()) {
                identities.adoptGenesis(genesis);
            }
            boolean begunAnew = recorded.isPresent() && !recorded.get().equals(genesis);
            if (begunAnew && !properties.isDevChain()) {
                return new ChainState.Foreign(
                        "the node's first block is %s, ours is %s".formatted(genesis, recorded.get()));
            }
            Block head = node.block(At.LATEST).orElseThrow(() -> new FactUnavailable("the chain", null));
            return new ChainState.Ready(head, finalized(), begunAnew);
        } catch (FactUnavailable | NodeRefusal failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            return new ChainState.Unreachable(
                    cause.getClass().getSimpleName() + ": " + String.valueOf(cause.getMessage()));
        }
    }

    /** Empty where a node does not know the tag: then nothing counts as final. */
    private Optional<Block> finalized() {
        try {
            return node.block(At.FINALIZED);
        } catch (NodeRefusal unknownTag) {
            LOG.debug("event=no_finalized_block cause=\"{}\"", unknownTag.sentence());
            return Optional.empty();
        }
    }

    private static void announce(ChainState state) {
        switch (state) {
            case ChainState.Ready ready ->
                LOG.info("event=chain_reached head={}", ready.head().number());
            case ChainState.Unreachable(var cause) -> LOG.warn("event=chain_unreachable cause=\"{}\"", cause);
            case ChainState.Foreign(var difference) -> LOG.error("event=wrong_chain difference=\"{}\"", difference);
        }
    }
}
