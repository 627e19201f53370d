package io.pbts.contract.submission;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.ChainNode;
import io.pbts.contract.chain.SettlerKey;
import io.pbts.contract.chain.watch.ChainState;
import io.pbts.contract.chain.watch.ChainWatch;
import io.pbts.contract.work.Lease;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** The one sender of the settler's key: follow what was sent, give nonces to what waits, send what is signed. */
@Component
class SubmissionWorker {
    private final ChainWatch watch;
    private final ChainNode node;
    private final SettlerKey settler;
    private final TransactionStore transactions;
    private final Rewind rewind;
    private final Tracker tracker;
    private final Preparer preparer;
    private final Broadcaster broadcaster;
    private final Lease lease;

    SubmissionWorker(
            ChainWatch watch,
            ChainNode node,
            SettlerKey settler,
            TransactionStore transactions,
            Rewind rewind,
            Tracker tracker,
            Preparer preparer,
            Broadcaster broadcaster,
            DataSource database) {
        this.watch = watch;
        this.node = node;
        this.settler = settler;
        this.transactions = transactions;
        this.rewind = rewind;
        this.tracker = tracker;
        this.preparer = preparer;
        this.broadcaster = broadcaster;
        this.lease = new Lease(database, "pbts-submission-" + settler.address());
    }

    void step() {
        if (watch.look() instanceof ChainState.Ready chain) {
            lease.tryRun(() -> send(chain));
        }
    }

    private void send(ChainState.Ready chain) {
        long used = node.nonce(settler.address(), At.LATEST);
        if (!rewind.isPast(chain, used)) {
            return;
        }
        tracker.follow(chain, used);
        if (isGap(used)) {
            preparer.fillGap(used, chain.head());
        }
        preparer.prepare(chain.head());
        broadcaster.broadcast(used, chain.head());
    }

    /** Whether the chain waits for a nonce that neither we nor its pool have, while we wait behind it. */
    private boolean isGap(long used) {
        boolean waiting = transactions.lowestSubmitted().orElse(used) > used;
        boolean nobodyHasIt = transactions
                .at(used)
                .filter(transaction -> transaction.stage() != ChainTransaction.Stage.LOST)
                .isEmpty();
        return waiting && nobodyHasIt && node.nonce(settler.address(), At.PENDING) == used;
    }
}
