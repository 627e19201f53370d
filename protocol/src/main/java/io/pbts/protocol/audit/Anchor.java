package io.pbts.protocol.audit;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.merkle.EpochRoot;
import java.io.IOException;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;

/** What an epoch file is compared with that did not come from the file. */
public sealed interface Anchor {
    /** Nothing: the file is compared with itself only. */
    record None() implements Anchor {}

    /** Roots that somebody took from the chain, one for each part of the epoch, in their order. */
    record Roots(List<EpochRoot> roots) implements Anchor {
        public Roots {
            roots = List.copyOf(roots);
        }
    }

    /** The contract itself, which also binds what no root does: its chain, its address, numbers and the root before. */
    record Contract(long chainId, EthereumAddress address, RootSource roots) implements Anchor {}

    /** Asks a contract. */
    @FunctionalInterface
    interface RootSource {
        /**
         * Its {@code rootOf(seq)}: zeros when it has no such settlement.
         *
         * @throws IOException when it cannot be asked
         */
        Bytes32 rootOf(long seq) throws IOException;
    }
}
