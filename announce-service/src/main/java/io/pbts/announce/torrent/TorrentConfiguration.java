package io.pbts.announce.torrent;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the registry together. */
@Configuration(proxyBeanMethods = false)
class TorrentConfiguration {

    @Bean
    RegisteredTorrents registeredTorrents() {
        return new RegisteredTorrents();
    }

    @Bean
    RegistryRefresh registryRefresh(JdbcClient jdbc, RegisteredTorrents registered) {
        return new RegistryRefresh(jdbc, registered);
    }

    @Bean
    TorrentRegistry torrentRegistry(
            JdbcClient jdbc, TorrentRepository torrents, RegisteredTorrents registered, Clock clock) {
        return new TorrentRegistry(jdbc, torrents, registered, clock);
    }
}
