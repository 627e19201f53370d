package io.pbts.gateway.admin;

import io.pbts.gateway.route.RouteTable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.HttpHandler;

/** Opens the second listener, under the same limits as the first. */
@Configuration(proxyBeanMethods = false)
class Admin {

    @Bean
    AdminListener adminListener(
            AdminProperties properties,
            RouteTable routes,
            HttpHandler handler,
            ReactorResourceFactory resources,
            ObjectProvider<NettyServerCustomizer> servers,
            ObjectProvider<WebServerFactoryCustomizer<NettyReactiveWebServerFactory>> factories) {
        properties.requirePrivate(routes.isLocal());
        var factory = new NettyReactiveWebServerFactory();
        factory.setResourceFactory(resources);
        factories.orderedStream().forEach(customizer -> customizer.customize(factory));
        servers.orderedStream().forEach(factory::addServerCustomizers);
        factory.setAddress(properties.address());
        factory.setPort(properties.port());
        return new AdminListener(factory, handler);
    }
}
