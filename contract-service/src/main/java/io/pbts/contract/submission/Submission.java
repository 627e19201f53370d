package io.pbts.contract.submission;

import io.pbts.protocol.account.EthereumAddress;
import java.util.Locale;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * One call that shall happen once.
 *
 * @param destination the contract; absent when one is created
 * @param failure what the contract said against it
 * @param createdContract what it created, once mined
 * @param transaction hash of the transaction that carries it, once signed
 */
public record Submission(
        long id,
        Purpose purpose,
        Optional<EthereumAddress> destination,
        Bytes payload,
        State state,
        Optional<Failure> failure,
        Optional<EthereumAddress> createdContract,
        Optional<Bytes32> transaction) {

    /** Why something is sent. */
    public enum Purpose {
        DEPLOY_FACTORY,
        CREATE_SETTLEMENT,
        CREATE_LEGACY,
        /** Makes a ledger that follows the present one. */
        CREATE_SUCCESSOR,
        ENROLL,
        SETTLE,
        ADD_USER,
        UPDATE_USER,
        MIGRATE_USER,
        /** Copies accounts of the ledger before. */
        COPY_HISTORY,
        /** Writes first keys of accounts. */
        PUBLISH_KEYS,
        /** Puts a key in the place of an account's that was revoked. */
        ROTATE_KEY,
        /** Uses up a nonce that nothing of ours has, so that the ones behind it can be mined. */
        FILL_GAP;

        String stored() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Purpose ofStored(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** How far it has come. A reorganization takes it from mined or final back to submitted. */
    public enum State {
        /** Has no nonce yet. */
        QUEUED,
        /** Has a nonce and signed bytes, stored; the chain does not show them. */
        SUBMITTED,
        MINED,
        /** In a block that the chain has finalized. */
        FINAL,
        /** The contract refused it, before or after it was mined. */
        FAILED;

        String stored() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofStored(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }

        /** Whether the chain has it, for now or for good. */
        public boolean isOnChain() {
            return this == MINED || this == FINAL;
        }

        /** Whether nobody needs to wait any longer to know what the contract did. */
        public boolean isDecided() {
            return isOnChain() || this == FAILED;
        }
    }

    /**
     * A refusal by the contract or by the rules of the chain.
     *
     * @param code name of the contract's error, such as {@code UserExists}
     */
    public record Failure(String code, String sentence) {}
}
