package io.pbts.contract.deployment;

import io.pbts.contract.chain.MinedReceipt;
import io.pbts.contract.chain.contracts.FactoryContract;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.submission.MinedListener;
import io.pbts.contract.submission.Submission;
import io.pbts.contract.submission.Submissions;
import io.pbts.protocol.account.EthereumAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Remembers the contracts that our transactions created. */
@Component
class CreatedContracts implements MinedListener {
    private static final Logger LOG = LoggerFactory.getLogger(CreatedContracts.class);

    private final ChainIdentities identities;
    private final Submissions submissions;

    CreatedContracts(ChainIdentities identities, Submissions submissions) {
        this.identities = identities;
        this.submissions = submissions;
    }

    @Override
    public void mined(Submission submission, MinedReceipt receipt) {
        switch (submission.purpose()) {
            case DEPLOY_FACTORY -> {
                EthereumAddress factory = receipt.createdContract().orElseThrow();
                requireSame("factory", identities.current().factory(), factory);
                identities.rememberFactory(factory);
                remember(submission, factory);
            }
            case CREATE_SETTLEMENT -> {
                EthereumAddress ledger = created(receipt);
                requireSame("settlement ledger", submission.createdContract(), ledger);
                // A chain that began anew makes it again, and by now another may have taken its place.
                if (identities.current().settlement().isEmpty()) {
                    identities.rememberSettlement(ledger);
                }
                remember(submission, ledger);
            }
            case CREATE_SUCCESSOR -> {
                EthereumAddress ledger = created(receipt);
                requireSame("succeeding ledger", submission.createdContract(), ledger);
                remember(submission, ledger);
            }
            case CREATE_LEGACY -> {
                EthereumAddress ledger = created(receipt);
                identities.rememberLegacy(ledger);
                remember(submission, ledger);
            }
            case ENROLL,
                    COPY_HISTORY,
                    PUBLISH_KEYS,
                    ROTATE_KEY,
                    SETTLE,
                    ADD_USER,
                    UPDATE_USER,
                    MIGRATE_USER,
                    FILL_GAP -> {}
        }
    }

    private static EthereumAddress created(MinedReceipt receipt) {
        return FactoryContract.createdLedger(receipt)
                .orElseThrow(() -> new IllegalStateException(
                        "the factory succeeded and created nothing: " + receipt.transaction()));
    }

    private void remember(Submission submission, EthereumAddress address) {
        submissions.recordCreation(submission.id(), address);
        LOG.info("event=contract_created purpose={} address={}", submission.purpose(), address);
    }

    /** Happens only when somebody else used the settler's key before us on a chain that began anew. */
    private void requireSame(String what, Optional<EthereumAddress> known, EthereumAddress now) {
        if (known.isPresent() && !known.get().equals(now)) {
            identities.freeze("the %s was %s and came back as %s: the settler's key was used by another"
                    .formatted(what, known.get(), now));
        }
    }
}
