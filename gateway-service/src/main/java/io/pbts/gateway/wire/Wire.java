package io.pbts.gateway.wire;

import io.netty.handler.codec.http.HttpDecoderConfig;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.reactor.netty.autoconfigure.NettyServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;

/** Puts the strict codec in the place of the server's own, with the server's own limits. */
@Configuration(proxyBeanMethods = false)
class Wire {

    @Bean
    NettyServerCustomizer strictCodec(ServerProperties server, NettyServerProperties netty) {
        var config = new HttpDecoderConfig()
                .setMaxInitialLineLength(
                        Math.toIntExact(netty.getMaxInitialLineLength().toBytes()))
                .setMaxHeaderSize(
                        Math.toIntExact(server.getMaxHttpRequestHeaderSize().toBytes()));
        return http -> http.doOnChannelInit((observer, channel, address) -> channel.pipeline()
                .replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, new StrictHttpCodec(config)));
    }
}
