package io.pbts.announce.wallet;

import io.pbts.announce.admission.Openness;
import io.pbts.announce.swarm.SwarmProperties;
import io.pbts.announce.torrent.RegisteredTorrents;
import io.pbts.support.ServiceCalls;
import java.net.URI;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the variant's API of the tracker together. */
@Configuration(proxyBeanMethods = false)
class WalletConfiguration {

    @Bean
    WalletClient walletClient(ServiceCalls calls, @Value("${pbts.admission.reputation-url}") URI reputation) {
        return calls.client(WalletClient.class, "reputation-service", reputation);
    }

    @Bean
    WalletActs walletActs(WalletClient reputation, Openness openness) {
        return new WalletActs(reputation, openness);
    }

    @Bean
    BoundPeers boundPeers(Clock clock) {
        return new BoundPeers(clock);
    }

    @Bean
    PeerBindings peerBindings(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            WalletProperties properties,
            SwarmProperties swarms,
            Clock clock) {
        return new PeerBindings(jdbc, transaction, properties, swarms.stay(), clock);
    }

    @Bean
    WalletSwarms walletSwarms(JdbcClient jdbc, WalletProperties properties, SwarmProperties swarms, Clock clock) {
        return new WalletSwarms(jdbc, properties, swarms.stay(), clock);
    }

    @Bean
    WalletTorrents walletTorrents(JdbcClient jdbc, WalletProperties properties, SwarmProperties swarms, Clock clock) {
        return new WalletTorrents(jdbc, properties, swarms.stay(), clock);
    }

    @Bean
    WalletKeeping walletKeeping(PeerBindings bindings, BoundPeers bound, WalletSwarms swarms) {
        return new WalletKeeping(bindings, bound, swarms);
    }

    @Bean
    WalletAnnounces walletAnnounces(
            WalletActs acts, WalletSwarms swarms, RegisteredTorrents registered, Openness openness) {
        return new WalletAnnounces(acts, swarms, registered, openness);
    }
}
