package io.pbts.announce.wire;

import io.pbts.announce.limit.EdgeLimits;
import io.pbts.announce.signalling.Rooms;
import io.pbts.announce.swarm.SwarmProperties;
import io.pbts.announce.swarm.Tallies;
import io.pbts.announce.tracker.Rehearsal;
import io.pbts.announce.tracker.Tracker;
import io.pbts.announce.wire.tls.TlsProperties;
import io.pbts.announce.wire.udp.ConnectionIdKeys;
import io.pbts.announce.wire.udp.ConnectionIds;
import io.pbts.support.access.ServiceTokenVerifier;
import io.pbts.support.secret.MountedSecrets;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the listeners together. */
@Configuration(proxyBeanMethods = false)
class WireConfiguration {

    @Bean
    ConnectionIds connectionIds(MountedSecrets secrets, Clock clock) {
        return new ConnectionIds(secrets.watch("pbts.passkey-key", ConnectionIdKeys::read), clock);
    }

    @Bean
    Rooms rooms(SwarmProperties properties, Tallies tallies, Clock clock) {
        return new Rooms(properties.maxSwarms(), properties.maxPeers(), properties.perAccount(), tallies, clock);
    }

    @Bean
    TrackerListeners trackerListeners(
            Tracker tracker,
            EdgeLimits limits,
            ConnectionIds ids,
            Rooms rooms,
            ServiceTokenVerifier verifier,
            WireProperties properties,
            TlsProperties tls,
            SecureRandom random) {
        return new TrackerListeners(tracker, limits, ids, rooms, verifier, properties, tls, random, Transport.best());
    }

    @Bean
    Stage stage(
            Rehearsal rehearsal,
            EdgeLimits limits,
            Rooms rooms,
            ServiceTokenVerifier verifier,
            WireProperties properties,
            SecureRandom random) {
        return new Stage(
                rehearsal,
                Door.House.of(rehearsal.tracker(), limits, rooms, verifier, properties, random),
                Transport.best());
    }
}
