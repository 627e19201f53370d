package io.pbts.contract.submission;

import io.pbts.contract.chain.Block;
import io.pbts.contract.chain.ChainNode;
import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.NodeRefusal;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows stored bytes to the node, again and again until they are mined; the same bytes unless the fee has to rise. */
@Component
class Broadcaster {
    private static final Logger LOG = LoggerFactory.getLogger(Broadcaster.class);

    /** What nodes say (anvil, geth, reth, nethermind) of bytes that they have, have better ones for, or have mined. */
    private static final Set<String> KNOWN = Set.of(
            "already known",
            "already imported",
            "alreadyknown",
            "known transaction",
            "replacement transaction underpriced",
            "nonce too low");

    private final ChainNode node;
    private final Signer signer;
    private final FeeBudget budget;
    private final Submissions submissions;
    private final TransactionStore transactions;
    private final TransactionTemplate database;
    private final SubmissionProperties properties;
    private final ChainProperties chain;
    private final Clock clock;

    Broadcaster(
            ChainNode node,
            Signer signer,
            FeeBudget budget,
            Submissions submissions,
            TransactionStore transactions,
            TransactionTemplate database,
            SubmissionProperties properties,
            ChainProperties chain,
            Clock clock) {
        this.node = node;
        this.signer = signer;
        this.budget = budget;
        this.submissions = submissions;
        this.transactions = transactions;
        this.database = database;
        this.properties = properties;
        this.chain = chain;
        this.clock = clock;
    }

    /**
     * Sends what the chain has not used, in the order of the nonces.
     *
     * @param used how many nonces the chain has used
     */
    void broadcast(long used, Block head) {
        Instant notSince = clock.instant().minus(properties.resendAfter(chain.isDevChain()));
        for (ChainTransaction waiting : transactions.unsentFrom(used, notSince, properties.window())) {
            boolean isNext = waiting.nonce() == used;
            send(isNext && isTooCheap(waiting, head) ? raised(waiting, head) : waiting);
        }
    }

    private boolean isTooCheap(ChainTransaction waiting, Block head) {
        return !waiting.signed().fees().covers(head.baseFee())
                || (waiting.isAccepted() && head.number() - waiting.signedBlock() >= properties.raiseAfterBlocks());
    }

    private ChainTransaction raised(ChainTransaction waiting, Block head) {
        Optional<Fees> suggested = signer.fees(head);
        Optional<Fees> fees =
                suggested.map(waiting.signed().fees()::raised).filter(raised -> raised.within(properties));
        if (fees.isEmpty()) {
            LOG.warn("event=fee_at_cap nonce={} cap_gwei={}", waiting.nonce(), properties.maxFeeGwei());
            return waiting;
        }
        long more = fees.get().most() - waiting.signed().fees().most();
        if (!budget.allows(waiting.signed().gasLimit(), more)) {
            return waiting;
        }
        Submission submission = submissions.find(waiting.submissionId()).orElseThrow();
        Signer.Signed signed =
                signer.sign(submission, waiting.nonce(), waiting.signed().gasLimit(), fees.get());
        database.executeWithoutResult(status -> transactions.replace(waiting.nonce(), signed, head.number()));
        LOG.warn(
                "event=fee_raised nonce={} wei_per_gas={} transaction={}",
                waiting.nonce(),
                fees.get().most(),
                signed.hash());
        return transactions.at(waiting.nonce()).orElseThrow();
    }

    private void send(ChainTransaction transaction) {
        try {
            node.send(transaction.signed().bytes());
            transactions.recordSent(transaction.nonce(), true);
        } catch (NodeRefusal refusal) {
            String said = refusal.sentence().toLowerCase(Locale.ROOT);
            boolean known = KNOWN.stream().anyMatch(said::contains);
            transactions.recordSent(transaction.nonce(), known);
            if (!known) {
                LOG.warn("event=not_accepted nonce={} cause=\"{}\"", transaction.nonce(), refusal.sentence());
            }
        }
    }
}
