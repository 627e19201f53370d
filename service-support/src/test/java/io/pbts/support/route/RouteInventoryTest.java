package io.pbts.support.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

class RouteInventoryTest {
    @RestController
    static class Forgotten {
        @PostMapping("/api/v1/forgotten")
        String forgotten() {
            return "open";
        }
    }

    @RestController
    @Allow(value = Who.SERVICE, services = "anounce")
    static class Misspelt {
        @GetMapping("/api/v1/misspelt")
        String misspelt() {
            return "open";
        }
    }

    @RestController
    @Allow(Who.SCOPE)
    static class WithoutItsScope {
        @GetMapping("/api/v1/scopeless")
        String scopeless() {
            return "open";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Functional {
        @Bean
        RouterFunction<ServerResponse> functional() {
            return RouterFunctions.route()
                    .GET("/api/v1/functional", request -> ServerResponse.ok().build())
                    .build();
        }
    }

    @Test
    void aMappingWithoutARuleStopsTheStartAndIsNamed() {
        assertThatStartFails(Forgotten.class, "POST /api/v1/forgotten");
    }

    @Test
    void aServiceThatDoesNotExistStopsTheStart() {
        assertThatStartFails(Misspelt.class, "anounce");
    }

    @Test
    void aScopeThatIsNotNamedStopsTheStart() {
        assertThatStartFails(WithoutItsScope.class, "SCOPE");
    }

    @Test
    void aRouteThatCarriesNoAnnotationAtAllStopsTheStart() {
        assertThatStartFails(Functional.class, "router function");
    }

    @Test
    void everyRouteIsListedWithItsCallers() throws Exception {
        try (var service = SmallService.start("production")) {
            assertThat(service.inventory().routes())
                    .extracting(route ->
                            "%s %s %s %s".formatted(route.method(), route.path(), route.who(), route.services()))
                    .contains(
                            "POST /report [LOOPBACK, PASSKEY, SCOPE:report] []",
                            "GET /internal/v1/announce-only [SERVICE] [announce]",
                            "GET /internal/v1/health [SERVICE] [gateway]",
                            "GET /internal/v1/routes [SERVICE] [gateway]",
                            "GET /v3/api-docs [SERVICE] [gateway]",
                            "GET /actuator/health [ANYONE] []")
                    .noneMatch(line -> line.contains("/error"));
            String answer = service.get(
                            "/internal/v1/routes",
                            TestToken.HEADER,
                            TestKeys.token("gateway", "receipt").text())
                    .body();
            assertThat(answer).contains("""
                    {"method":"POST","path":"/report","who":["LOOPBACK","PASSKEY","SCOPE:report"],"services":[]}""");
        }
    }

    private static void assertThatStartFails(Class<?> source, String named) {
        assertThatThrownBy(() -> SmallService.start("production", TestKeys.secretsFor("receipt"), source)
                        .close())
                .hasMessageContaining(named);
    }
}
