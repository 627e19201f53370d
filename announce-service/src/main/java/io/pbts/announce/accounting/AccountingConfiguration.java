package io.pbts.announce.accounting;

import io.pbts.announce.swarm.KeyedHash;
import io.pbts.support.ServiceCalls;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the accounting together. */
@Configuration(proxyBeanMethods = false)
class AccountingConfiguration {

    @Bean
    AccountDeltas accountDeltas() {
        return new AccountDeltas();
    }

    @Bean
    Accounting accounting(AccountDeltas deltas, AccountingProperties properties, SecureRandom random, Clock clock) {
        var counters = new PeerCounters(new KeyedHash(random), properties.maxCounters(), properties.keepFor());
        return new Accounting(counters, deltas, clock);
    }

    @Bean
    AnnouncedFlush announcedFlush(
            AccountDeltas deltas, ServiceCalls calls, AccountingProperties properties, SecureRandom random) {
        LedgerClient ledger = calls.client(LedgerClient.class, "reputation-service", properties.reputationUrl());
        return new AnnouncedFlush(deltas, ledger, () -> new UUID(random.nextLong(), random.nextLong()), properties);
    }
}
