package io.pbts.gateway.access;

import io.pbts.gateway.forward.BackendQuestions;
import io.pbts.gateway.forward.InstanceId;
import io.pbts.gateway.route.RouteTable;
import io.pbts.support.access.ServiceTokens;
import io.pbts.support.access.SignedTokens;
import io.pbts.support.secret.MountedSecrets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
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
    TrustedProxies trustedProxies(AccessProperties properties) {
        return properties.proxies();
    }

    @Bean
    Door door(RouteTable routes, TrustedProxies proxies) {
        return new Door(routes, proxies);
    }

    @Bean
    ApiKeys apiKeys(BackendQuestions questions, AccessProperties properties) {
        return new ApiKeys(questions, properties);
    }

    @Bean
    Sessions sessions(
            SignedTokens tokens,
            InstanceId instanceId,
            BackendQuestions questions,
            Clock clock,
            AccessProperties properties) {
        return new Sessions(tokens, instanceId, questions, clock, properties);
    }

    @Bean
    Callers callers(
            ServiceTokens tokens, ApiKeys apiKeys, Sessions sessions, MountedSecrets secrets, RouteTable routes) {
        return new Callers(tokens, apiKeys, sessions, adminKey(secrets, routes.isLocal()));
    }

    /** In profile {@code local} there may be no operator; elsewhere a gateway without the key does not start. */
    private static Supplier<Optional<AdminKey>> adminKey(MountedSecrets secrets, boolean local) {
        if (local && secrets.find(AdminKey.FILE).isEmpty()) {
            return Optional::empty;
        }
        Supplier<AdminKey> current = secrets.watch(AdminKey.FILE, AdminKey::read);
        return () -> Optional.of(current.get());
    }

    @Bean
    ResponseHeaders responseHeaders() {
        return new ResponseHeaders();
    }
}
