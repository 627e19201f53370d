package io.pbts.gateway.limit;

import io.netty.channel.Channel;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;

/** Fastens the limits to the server. */
@Configuration(proxyBeanMethods = false)
class Limits {

    @Bean
    BodyLimit bodyLimit(LimitProperties limits) {
        return new BodyLimit(limits.maxBody().toBytes());
    }

    @Bean
    NettyServerCustomizer connectionLimits(LimitProperties limits) {
        var connections = new ConnectionLimit(limits.maxConnections());
        return server -> server.readTimeout(limits.bodyGap())
                .requestTimeout(limits.requestTimeout())
                .doOnChannelInit((observer, channel, address) -> {
                    connections.count(channel);
                    watch(channel, limits);
                });
    }

    private static void watch(Channel channel, LimitProperties limits) {
        new HeadDeadline(limits.headTimeout()).fasten(channel.pipeline(), NettyPipeline.HttpTrafficHandler);
        channel.pipeline()
                .addBefore(
                        NettyPipeline.HttpTrafficHandler,
                        "write-timeout",
                        new WriteTimeoutHandler(limits.writeTimeout().toMillis(), TimeUnit.MILLISECONDS));
    }
}
