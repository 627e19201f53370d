package io.pbts.contract.chain.watch;

import io.pbts.contract.chain.Block;
import java.util.Optional;

/** How we stand with the chain. Only a {@link Ready} one is written to. */
public sealed interface ChainState {
    /** No answer, or not yet asked. */
    record Unreachable(String cause) implements ChainState {}

    /** The node shows another chain than the one our records belong to. */
    record Foreign(String difference) implements ChainState {}

    /**
     * Our chain.
     *
     * @param finalized the last block that cannot be taken back, when the node says so
     * @param begunAnew whether this dev chain has another first block than when it was last recorded
     */
    record Ready(Block head, Optional<Block> finalized, boolean begunAnew) implements ChainState {}

    /** Whether the right chain answers. */
    default boolean isConnected() {
        return this instanceof Ready;
    }
}
