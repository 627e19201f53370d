package io.pbts.announce.swarm.valkey;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.pbts.announce.swarm.SwarmProperties;
import io.pbts.announce.swarm.Tallies;
import io.pbts.support.secret.MountedSecrets;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;

/** The store that nodes share, and the clock work that empties it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "pbts.swarm.store", havingValue = "valkey")
class ValkeyConfiguration {
    private static final int MOST_WAITING = 20_000;

    /** A client that waits no longer than it is told to, and says at once when there is no connection. */
    @Bean(destroyMethod = "shutdown")
    static RedisClient valkeyClient(ValkeyProperties properties, MountedSecrets secrets) {
        RedisURI server = RedisURI.create(properties.url());
        server.setTimeout(properties.timeout());
        server.setCredentialsProvider(new StorePassword(secrets, server));
        RedisClient client = RedisClient.create(server);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING)
                .timeoutOptions(TimeoutOptions.enabled(properties.timeout()))
                .build());
        return client;
    }

    @Bean(destroyMethod = "close")
    StatefulRedisConnection<byte[], byte[]> valkeyConnection(RedisClient client) {
        return client.connect(ByteArrayCodec.INSTANCE);
    }

    @Bean
    ValkeySwarms swarms(
            StatefulRedisConnection<byte[], byte[]> connection,
            SwarmProperties properties,
            Tallies tallies,
            Clock clock) {
        return new ValkeySwarms(connection, properties, tallies, clock);
    }

    @Bean
    Sweep sweep(ValkeySwarms swarms) {
        return new Sweep(swarms);
    }

    static final class Sweep {
        private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

        private final ValkeySwarms swarms;
        private boolean reachable = true;

        Sweep(ValkeySwarms swarms) {
            this.swarms = swarms;
        }

        @Scheduled(fixedDelay = 1000)
        void everySecond() {
            try {
                swarms.sweep();
                report(true, "");
            } catch (RuntimeException away) {
                report(false, String.valueOf(away.getMessage()));
            }
        }

        private void report(boolean reached, String cause) {
            if (reached != reachable) {
                reachable = reached;
                if (reached) {
                    LOG.info("event=swarm_store_reached");
                } else {
                    LOG.warn("event=swarm_store_away cause=\"{}\"", cause);
                }
            }
        }
    }
}
