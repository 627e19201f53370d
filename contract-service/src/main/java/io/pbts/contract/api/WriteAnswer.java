package io.pbts.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pbts.contract.chain.contracts.NamedUser;
import io.pbts.contract.submission.Submission;
import io.pbts.contract.submission.Submission.Failure;
import io.pbts.protocol.account.EthereumAddress;
import java.math.BigInteger;
import java.util.Locale;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;

/** What a write of {@code /contract/*} is answered. Hashes of transactions have no {@code 0x}, as the original's have none. */
sealed interface WriteAnswer {

    record Initialized(boolean success, String reputationAddress, String referrerAddress, String message)
            implements WriteAnswer {
        static Initialized of(Submission created, EthereumAddress referrer) {
            return new Initialized(
                    true,
                    created.createdContract().orElseThrow().checksummed(),
                    referrer.checksummed(),
                    "Reputation contract initialized");
        }
    }

    record Written(boolean success, String username, String txHash, String message) implements WriteAnswer {
        static Written registered(Submission done, NamedUser user) {
            return new Written(true, user.username(), hash(done), "User registered on smart contract");
        }

        static Written migrated(Submission done, String username) {
            return new Written(true, username, hash(done), "User data migrated");
        }
    }

    record Updated(
            boolean success,
            String username,
            String txHash,
            BigInteger downloadSize,
            BigInteger uploadSize,
            String message)
            implements WriteAnswer {}

    /** A write that was accepted and is not on the chain yet; {@code GET /contract/submission/<id>} tells more. */
    record Accepted(boolean success, long id, String state, String message) implements WriteAnswer {
        static Accepted of(Submission waiting) {
            return new Accepted(
                    true,
                    waiting.id(),
                    stateOf(waiting),
                    "Accepted and stored; it will be on the chain, see /contract/submission/" + waiting.id());
        }
    }

    /** Where a write stands. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Progress(
            boolean success,
            long id,
            String state,
            @Nullable String txHash,
            @Nullable String reputationAddress,
            @Nullable String error)
            implements WriteAnswer {
        static Progress of(Submission write) {
            return new Progress(
                    write.failure().isEmpty(),
                    write.id(),
                    stateOf(write),
                    write.transaction().map(Bytes32::toUnprefixedHexString).orElse(null),
                    write.createdContract().map(EthereumAddress::checksummed).orElse(null),
                    write.failure().map(Failure::sentence).orElse(null));
        }
    }

    static String hash(Submission done) {
        return done.transaction().orElseThrow().toUnprefixedHexString();
    }

    private static String stateOf(Submission write) {
        return write.state().name().toLowerCase(Locale.ROOT);
    }
}
