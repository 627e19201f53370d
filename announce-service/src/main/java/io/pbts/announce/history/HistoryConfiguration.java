package io.pbts.announce.history;

import io.pbts.announce.swarm.Tallies;
import io.pbts.announce.torrent.RegisteredTorrents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts together what is kept of swarms. */
@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

    @Bean
    Tallies tallies() {
        return new Tallies();
    }

    @Bean
    TallyKeeping tallyKeeping(JdbcClient jdbc, Tallies tallies, RegisteredTorrents registered) {
        return new TallyKeeping(new TallyStore(jdbc), tallies, registered);
    }
}
