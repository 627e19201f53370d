package io.pbts.gateway.limit;

import io.netty.channel.Channel;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.pbts.gateway.access.TrustedProxies;
import io.pbts.gateway.route.RouteTable;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;

/** Fastens the limits to the server. */
@Configuration(proxyBeanMethods = false)
class Limits {
    private static final Duration LINGER = Duration.ofSeconds(1);

    @Bean
    BodyLimit bodyLimit(LimitProperties limits) {
        return new BodyLimit(limits, System::nanoTime);
    }

    @Bean
    RateLimit rateLimit(RateProperties rates, RouteTable routes) {
        return new RateLimit(new Buckets(rates), routes.isLocal());
    }

    @Bean
    Overload overload(ConcurrencyProperties limits) {
        return new Overload(limits);
    }

    /** Each listener counts for itself: a full public door leaves the operator's open. */
    @Bean
    NettyServerCustomizer connectionLimits(LimitProperties limits, TrustedProxies proxies, RouteTable routes) {
        Predicate<InetAddress> isManyCallers =
                address -> proxies.contain(address) || (routes.isLocal() && address.isLoopbackAddress());
        return server -> {
            var connections =
                    new ConnectionLimit(limits.maxConnections(), limits.maxConnectionsPerAddress(), isManyCallers);
            return server.readTimeout(limits.bodyGap())
                    .requestTimeout(limits.requestTimeout())
                    .doOnChannelInit((observer, channel, address) -> {
                        connections.count(channel);
                        watch(channel, limits);
                    });
        };
    }

    private static void watch(Channel channel, LimitProperties limits) {
        new HeadDeadline(limits.headTimeout()).fasten(channel.pipeline(), NettyPipeline.HttpTrafficHandler);
        channel.pipeline()
                .addBefore(NettyPipeline.HttpTrafficHandler, "unread-body", new UnreadBody(LINGER))
                .addBefore(
                        NettyPipeline.HttpTrafficHandler,
                        "write-timeout",
                        new WriteTimeoutHandler(limits.writeTimeout().toMillis(), TimeUnit.MILLISECONDS));
    }
}
