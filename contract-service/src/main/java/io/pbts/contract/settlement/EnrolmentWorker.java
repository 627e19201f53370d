package io.pbts.contract.settlement;

import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.Enrolment;
import io.pbts.contract.submission.Submission.Purpose;
import io.pbts.contract.submission.Submissions;
import io.pbts.protocol.account.EthereumAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes accounts known to the ledger, in batches. A batch that the ledger refuses is tried again in smaller ones until the
 * entry that it refuses stands alone: that one is set aside and settles without a name.
 */
@Component
class EnrolmentWorker {
    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentWorker.class);

    private final Enrolments enrolments;
    private final Submissions submissions;
    private final Contracts contracts;
    private final SettlementProperties properties;
    private final ChainProperties chain;
    private final TransactionTemplate database;
    private final Clock clock;
    private Instant notBefore = Instant.EPOCH;

    EnrolmentWorker(
            Enrolments enrolments,
            Submissions submissions,
            Contracts contracts,
            SettlementProperties properties,
            ChainProperties chain,
            TransactionTemplate database,
            Clock clock) {
        this.enrolments = enrolments;
        this.submissions = submissions;
        this.contracts = contracts;
        this.properties = properties;
        this.chain = chain;
        this.database = database;
        this.clock = clock;
    }

    void follow() {
        enrolments.follow();
    }

    void enrollWhenDue(EthereumAddress ledger) {
        Instant now = clock.instant();
        if (now.isBefore(notBefore) || enrolments.isOneUnderWay()) {
            return;
        }
        List<Enrolment> batch = enrolments.nextBatch(properties.enrolmentsPerBatch());
        if (batch.isEmpty()) {
            return;
        }
        Bytes call = contracts.ledger(ledger).enroll(batch);
        database.executeWithoutResult(status -> {
            long submission = submissions.add(Purpose.ENROLL, ledger, call);
            enrolments.recordSubmitted(batch, submission);
        });
        notBefore = now.plus(properties.interval(chain.isDevChain()));
        LOG.info("event=enrolments_submitted accounts={}", batch.size());
    }
}
