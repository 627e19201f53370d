package io.pbts.gateway.forward;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.util.internal.PlatformDependent;
import io.pbts.gateway.route.Owner;
import io.pbts.gateway.route.PublicRoute;
import io.pbts.gateway.target.ExactTargets;
import io.pbts.support.access.ServiceTokens;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.netty.ReactorNetty;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** One framework route per owner; which requests take it was decided at the door. */
@Configuration(proxyBeanMethods = false)
class Forwarding {
    private static final int MAX_HEAD = 16 * 1024;

    /** Parts of a service's answer that wait for its caller, at most 8 KiB each; by default 128. */
    private static final String PARTS_AHEAD = "4";

    /** What is read of an answer at once; nothing more while that many parts wait. */
    private static final int MAX_READ = 16 * 1024;

    @Bean
    RouteLocator owners(BackendProperties backends) {
        List<Route> routes = Arrays.stream(Owner.values())
                .filter(owner -> owner != Owner.GATEWAY)
                .map(owner -> route(owner, backends))
                .toList();
        return () -> Flux.fromIterable(routes);
    }

    private static Route route(Owner owner, BackendProperties backends) {
        return Route.async()
                .id(owner.label())
                .uri(backends.of(owner).url())
                .predicate((ServerWebExchange exchange) -> PublicRoute.of(exchange)
                        .filter(route -> route.owner() == owner)
                        .isPresent())
                .build();
    }

    /** The framework's own client would queue requests without a bound when all connections are busy. */
    @Bean
    HttpClient backendClient(PoolProperties pool) {
        pool.requireRoom(Owner.values().length - 1, PlatformDependent.maxDirectMemory());
        System.getProperties().putIfAbsent(ReactorNetty.REACTOR_NETTY_SEND_MAX_PREFETCH_SIZE, PARTS_AHEAD);
        ConnectionProvider connections = ConnectionProvider.builder("backends")
                .maxConnections(pool.maxConnections())
                .pendingAcquireMaxCount(pool.maxPending())
                .pendingAcquireTimeout(pool.acquireTimeout())
                .maxIdleTime(pool.maxIdle())
                .maxLifeTime(pool.maxLife())
                .evictInBackground(pool.maxIdle())
                .lifo()
                .build();
        HttpClient client = HttpClient.create(connections)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(pool.connectTimeout().toMillis()))
                .doOnChannelInit((observer, channel, remote) ->
                        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(512, 4096, MAX_READ)))
                .httpResponseDecoder(head -> head.maxHeaderSize(MAX_HEAD));
        return ExactTargets.restoring(client);
    }

    @Bean
    BackendRouting backendRouting(
            HttpClient client,
            ObjectProvider<List<HttpHeadersFilter>> headers,
            HttpClientProperties properties,
            BackendProperties backends,
            PoolProperties pool) {
        properties.setResponseTimeout(pool.requestTimeout());
        return new BackendRouting(client, headers, properties, backends);
    }

    /** Comes and goes with the framework's own routing filter, which {@link BackendRouting} replaces. */
    @Bean
    NettyWriteResponseFilter writeResponse(ObjectProvider<List<HttpHeadersFilter>> headers) {
        return new NettyWriteResponseFilter(List.of(MediaType.TEXT_EVENT_STREAM), headers);
    }

    @Bean
    BackendQuestions backendQuestions(BackendProperties backends, PoolProperties pool, ServiceTokens tokens) {
        return new BackendQuestions(backends, pool, tokens);
    }

    @Bean
    InstanceId instanceId(BackendQuestions questions, PoolProperties pool) {
        return new InstanceId(questions, pool.questionTimeout());
    }

    @Bean
    ForwardTarget forwardTarget(BackendProperties backends) {
        return new ForwardTarget(backends);
    }

    @Bean
    TrackerAnswers trackerAnswers() {
        return new TrackerAnswers();
    }
}
