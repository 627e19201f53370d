package io.pbts.gateway.target;

import io.netty.channel.Channel;
import io.pbts.gateway.route.RouteTable;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** Where the two ends of the exact target are fastened: behind the HTTP codec of the server and of the client. */
@Configuration(proxyBeanMethods = false)
public class ExactTargets {
    /** Carries the target as it was sent through the gateway; never in from outside and never out. */
    public static final String HEADER = "X-PBTS-Sent-Target";

    @Bean
    NettyServerCustomizer targetSanitizing(RouteTable routes) {
        var sanitizer = new TargetSanitizer(routes::isTracker);
        return (HttpServer server) -> server.doOnChannelInit((observer, channel, address) ->
                channel.pipeline().addBefore(NettyPipeline.HttpTrafficHandler, "target-sanitizer", sanitizer));
    }

    /** The same client, sending kept targets as they came. */
    public static HttpClient restoring(HttpClient client) {
        var restorer = new TargetRestorer();
        return client.doOnChannelInit((observer, channel, address) -> fasten(channel, restorer));
    }

    private static void fasten(Channel channel, TargetRestorer restorer) {
        channel.pipeline().addAfter(NettyPipeline.HttpCodec, "target-restorer", restorer);
    }
}
