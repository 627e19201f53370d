package io.pbts.contract.submission;

import io.pbts.contract.chain.ChainNode;
import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.chain.watch.ChainState;
import io.pbts.contract.submission.Submission.State;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notices that the chain has fewer of our transactions than our records: a reorganization, a dev chain that was restored
 * from an older state, or one that began anew. Whatever it is, the cure is the same: the records go back to submitted and
 * the same bytes are sent again, from the first nonce that is missing. A chain that began anew so gets the same contracts
 * at the same addresses and the same settlements in the same order.
 */
@Component
class Rewind {
    private static final Logger LOG = LoggerFactory.getLogger(Rewind.class);

    private final ChainNode node;
    private final ChainProperties chain;
    private final ChainIdentities identities;
    private final Submissions submissions;
    private final TransactionStore transactions;
    private final TransactionTemplate database;
    private final SubmissionProperties properties;
    private final Reorganizations reorganizations;
    private final Clock clock;
    private @Nullable Instant firstSeen;

    Rewind(
            ChainNode node,
            ChainProperties chain,
            ChainIdentities identities,
            Submissions submissions,
            TransactionStore transactions,
            TransactionTemplate database,
            SubmissionProperties properties,
            Reorganizations reorganizations,
            Clock clock) {
        this.node = node;
        this.chain = chain;
        this.identities = identities;
        this.submissions = submissions;
        this.transactions = transactions;
        this.database = database;
        this.properties = properties;
        this.reorganizations = reorganizations;
        this.clock = clock;
    }

    /**
     * Whether the chain has all that we believe it has. Says no for as long as it must be seen whether it stays that way: a
     * dev chain that is about to load its state looks empty for a moment.
     *
     * @param used how many nonces the chain has used
     */
    boolean isPast(ChainState.Ready state, long used) {
        if (!state.begunAnew() && transactions.countedFrom(used, 1).isEmpty()) {
            firstSeen = null;
            return true;
        }
        Instant now = clock.instant();
        Instant since = firstSeen == null ? now : firstSeen;
        firstSeen = since;
        if (now.isBefore(since.plus(properties.reorgPatience()))) {
            return false;
        }
        if (!chain.isDevChain() && transactions.hasFinalFrom(used)) {
            identities.freeze(
                    "the chain took back blocks that it had finalized: our nonce is %d there".formatted(used));
            return false;
        }
        firstSeen = null;
        undo(state, state.begunAnew() ? 0 : used);
        return true;
    }

    private void undo(ChainState.Ready state, long from) {
        Bytes32 genesis = node.genesisHash();
        List<Long> taken = database.execute(status -> {
            if (state.begunAnew()) {
                identities.adoptGenesis(genesis);
            }
            List<Long> ids =
                    transactions.unmine(from, Long.MAX_VALUE, state.head().number());
            ids.forEach(id -> submissions.become(id, State.SUBMITTED));
            return ids;
        });
        reorganizations.saw();
        LOG.warn(
                "event=chain_rewound begun_anew={} from_nonce={} transactions={}",
                state.begunAnew(),
                from,
                taken == null ? 0 : taken.size());
    }
}
