package io.pbts.announce.torrent;

import io.pbts.announce.admission.Admission;
import io.pbts.announce.signalling.Rooms;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.swarm.Tallies;
import io.pbts.announce.torrent.file.AnnounceUrls;
import io.pbts.announce.torrent.file.CommunityRules;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
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
    TorrentRows torrentRows(JdbcClient jdbc) {
        return new TorrentRows(jdbc);
    }

    @Bean
    TorrentRegistry torrentRegistry(
            JdbcClient jdbc, TorrentRows torrents, RegistryRefresh refresh, TorrentProperties properties, Clock clock) {
        return new TorrentRegistry(
                jdbc, torrents, refresh, properties.newUploads().first(), clock);
    }

    @Bean
    TorrentSearch torrentSearch(TorrentRows torrents) {
        return new TorrentSearch(torrents);
    }

    @Bean
    SwarmHealth swarmHealth(Swarms swarms, Rooms rooms, Tallies tallies) {
        return new SwarmHealth(swarms, rooms, tallies);
    }

    @Bean
    Members members(Admission admission) {
        return new Members(admission);
    }

    @Bean
    CommunityRules communityRules(TorrentProperties properties) {
        return properties.rules();
    }

    @Bean
    AnnounceUrls announceUrls(
            TorrentProperties properties,
            @Value("${pbts.wire.port}") int port,
            @Value("${pbts.wire.udp}") boolean udp) {
        return properties.announceUrls(port, udp);
    }
}
