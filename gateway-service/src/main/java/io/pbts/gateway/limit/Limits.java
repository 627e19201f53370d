package io.pbts.gateway.limit;

import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.pbts.gateway.access.TrustedProxies;
import io.pbts.gateway.route.RouteTable;
import java.net.InetAddress;
import java.time.Duration;
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
    Buckets buckets(RateProperties rates) {
        return new Buckets(rates);
    }

    @Bean
    RateLimit rateLimit(Buckets buckets, RouteTable routes) {
        return new RateLimit(buckets, routes.isLocal());
    }

    @Bean
    StrayLimit strayLimit(Buckets buckets, RouteTable routes) {
        return new StrayLimit(buckets, routes.isLocal());
    }

    @Bean
    Overload overload(ConcurrencyProperties limits) {
        return new Overload(limits);
    }

    /** Answers wait in this process, where they are counted and often shared, not in buffers of the system for each socket. */
    @Bean
    NettyServerCustomizer unsentLimit(LimitProperties limits) {
        return server -> Epoll.isAvailable()
                ? server.childOption(
                        EpollChannelOption.TCP_NOTSENT_LOWAT, limits.maxUnsent().toBytes())
                : server;
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
                .addFirst(
                        "answer-deadline",
                        new AnswerDeadline(
                                limits.writeTimeout(), limits.minReadRate().toBytes()));
    }
}
