package io.pbts.contract.api;

import io.pbts.contract.chain.watch.ChainWatch;
import io.pbts.contract.submission.Submission;
import io.pbts.contract.submission.Submission.Failure;
import io.pbts.contract.submission.Submission.Purpose;
import io.pbts.contract.submission.Submissions;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.apache.tuweni.bytes.Bytes;
import org.springframework.stereotype.Component;

/**
 * Puts a write into the one queue of the settler's key and waits a while for one confirmation. A write that was accepted
 * is carried out, however long the chain is away. It is looked up in the database meanwhile: whichever process holds the
 * settler's lease decides it, and a chain that goes away ends the waiting too.
 */
@Component
class LegacyWrites {
    /** Refusals that an existing state causes; the others are the request's own fault. */
    private static final Set<String> CONFLICTS = Set.of("UserExists", "TotalsMayNotFall");

    private final Submissions submissions;
    private final ChainWatch watch;
    private final ApiProperties properties;
    private final Clock clock;

    LegacyWrites(Submissions submissions, ChainWatch watch, ApiProperties properties, Clock clock) {
        this.submissions = submissions;
        this.watch = watch;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * The submission after it was mined, or as it is when the waiting ends.
     *
     * @throws Refusal when the contract refuses it
     */
    Submission perform(Purpose purpose, EthereumAddress destination, Bytes call) {
        long id = submissions.add(purpose, destination, call);
        Instant deadline = clock.instant().plus(properties.answerWithin());
        Submission now = find(id);
        while (!now.state().isDecided()
                && watch.latest().isConnected()
                && clock.instant().isBefore(deadline)) {
            pause();
            now = find(id);
        }
        if (now.failure().isPresent()) {
            throw refusal(now.failure().get());
        }
        return now;
    }

    /** Where an accepted write stands. */
    Submission find(long id) {
        return submissions
                .find(id)
                .orElseThrow(() -> new Refusal(404, "unknown-submission", "No write was accepted under this id"));
    }

    private static Refusal refusal(Failure failure) {
        int status = CONFLICTS.contains(failure.code()) ? 409 : 400;
        return new Refusal(status, "contract-refused", "The contract refuses: " + failure.sentence());
    }

    private void pause() {
        try {
            Thread.sleep(properties.lookEvery());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal(
                    503, "stopping", "The service is stopping; the write was accepted and will be done", interrupted);
        }
    }
}
