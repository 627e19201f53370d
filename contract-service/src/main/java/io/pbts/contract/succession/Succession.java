package io.pbts.contract.succession;

import io.pbts.protocol.account.EthereumAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One change of the settlement contract.
 *
 * @param predecessor the ledger that is left
 * @param successor the ledger that follows it; absent until it is created
 * @param submission what creates it; absent when the operator named one
 * @param leftAt since when everything is settled in the successor
 */
public record Succession(
        EthereumAddress predecessor,
        Optional<EthereumAddress> successor,
        OptionalLong submission,
        State state,
        Instant askedAt,
        Optional<Instant> leftAt) {

    /** How far it has come. */
    public enum State {
        /** The successor is on its way to the chain. */
        CREATING,
        /** Nothing new is asked of the old ledger; what was asked becomes final. */
        DRAINING,
        DONE
    }

    boolean isOpen() {
        return state != State.DONE;
    }
}
