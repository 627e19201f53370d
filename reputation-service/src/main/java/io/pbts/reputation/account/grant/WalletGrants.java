package io.pbts.reputation.account.grant;

import io.pbts.reputation.account.grant.PendingGrants.PendingGrant;
import io.pbts.reputation.standing.InitialCreditProperties;
import io.pbts.support.FactUnavailable;
import io.pbts.support.ServiceCalls;
import io.pbts.support.trace.WorkSpans;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.client.RestClientException;

/**
 * Grants the initial credit to wallets that turn out to be funded ({@code funded-wallet}), so that credit costs at least
 * what filling a wallet does. Whatever cannot be learnt now is asked again later; registering never waits for the chain.
 */
@Component
class WalletGrants {
    private static final Logger LOG = LoggerFactory.getLogger(WalletGrants.class);

    private final PendingGrants pending;
    private final ContractClient contract;
    private final GrantProperties properties;
    private final InitialCreditProperties initialCredit;
    private final WorkSpans spans;

    WalletGrants(
            PendingGrants pending,
            ServiceCalls calls,
            @Value("${pbts.neighbours.contract-url}") URI contractUrl,
            GrantProperties properties,
            InitialCreditProperties initialCredit,
            WorkSpans spans) {
        this.pending = pending;
        this.contract = calls.client(ContractClient.class, "contract-service", contractUrl);
        this.properties = properties;
        this.initialCredit = initialCredit;
        this.spans = spans;
    }

    /** Goes through all that are due, a batch at a time, for as long as answers come. */
    @Scheduled(fixedDelayString = "${pbts.wallet-grant.look-every:1s}")
    void look() {
        try {
            boolean more = true;
            while (more && !Thread.currentThread().isInterrupted()) {
                List<PendingGrant> batch = pending.take(properties.batch(), properties.retry());
                more = !batch.isEmpty() && decide(batch) && batch.size() == properties.batch();
            }
        } catch (DataAccessException | CannotCreateTransactionException away) {
            LOG.warn("event=grants_wait cause=\"{}\"", away.getClass().getSimpleName());
        }
    }

    /** False when contract-service or the chain is away: then asking for the others is in vain, too. */
    private boolean decide(List<PendingGrant> batch) {
        try (WorkSpans.Step _ = spans.begin("wallet-grants")) {
            batch.forEach(this::decide);
            return true;
        } catch (FactUnavailable away) {
            LOG.info("event=grants_wait owner=\"{}\" wallets={}", away.owner(), batch.size());
            return false;
        }
    }

    private void decide(PendingGrant grant) {
        try {
            var balance = contract.balance(grant.wallet().checksummed());
            decide(grant, balance);
        } catch (RestClientException | NumberFormatException unusable) {
            LOG.warn(
                    "event=balance_unusable account={} cause=\"{}\"",
                    grant.account().value(),
                    unusable.getClass().getSimpleName());
        }
    }

    private void decide(PendingGrant grant, ContractClient.Balance balance) {
        boolean funded = balance.inWei().compareTo(properties.minimumWalletWei()) >= 0;
        if (pending.decide(grant.account(), funded ? initialCredit.bytes() : 0)) {
            LOG.info(
                    "event=grant_decided account={} granted={} block={}",
                    grant.account().value(),
                    funded,
                    balance.block());
        }
    }
}
