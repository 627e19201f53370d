package io.pbts.gateway.access;

import io.pbts.gateway.route.RouteTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** The door, and which routes this profile has. */
@Configuration(proxyBeanMethods = false)
class Access {

    /** Unsafe routes need profile {@code local} alone: beside {@code production} they stay shut. */
    @Bean
    RouteTable routes(Environment environment) {
        return environment.acceptsProfiles(Profiles.of("local & !production"))
                ? RouteTable.forLocal()
                : RouteTable.forProduction();
    }

    @Bean
    Door door(RouteTable routes) {
        return new Door(routes);
    }

    @Bean
    ResponseHeaders responseHeaders() {
        return new ResponseHeaders();
    }
}
