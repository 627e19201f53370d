package io.pbts.gateway.docs;

import io.pbts.gateway.forward.BackendQuestions;
import io.pbts.gateway.page.Pages;
import io.pbts.gateway.route.Owner;
import io.pbts.gateway.route.RouteTable;
import io.pbts.support.Refusal;
import java.io.IOException;
import java.util.Arrays;
import java.util.Properties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Swagger UI at {@code /docs}, over the documents of the four services. Plain files of the Swagger UI distribution: the
 * gateway has no controllers that a generator could describe.
 */
@Configuration(proxyBeanMethods = false)
class Docs {
    /** Swagger UI writes style attributes and draws its icons from data URLs. */
    private static final String POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Bean
    RouterFunction<ServerResponse> docsRoutes(BackendQuestions questions, RouteTable routes, JsonMapper json)
            throws IOException {
        var descriptions = new ApiDescriptions(questions, routes, json);
        return RouterFunctions.route()
                .GET("/v3/api-docs/{service}", request -> describe(descriptions, request))
                .build()
                .and(Pages.page("/docs", "pages/docs/index.html", POLICY))
                .and(Pages.page("/docs/index.html", "pages/docs/index.html", POLICY))
                .and(Pages.files("/docs/{file}", new ClassPathResource("pages/docs/"), swaggerUi()));
    }

    private static Mono<ServerResponse> describe(ApiDescriptions descriptions, ServerRequest request) {
        return descriptions
                .of(named(request.pathVariable("service")))
                .flatMap(document -> document.answer(ServerResponse.ok().contentType(MediaType.APPLICATION_JSON)));
    }

    private static Owner named(String service) {
        return Arrays.stream(Owner.values())
                .filter(owner -> owner != Owner.GATEWAY && owner != Owner.TRACKER)
                .filter(owner -> owner.label().equals(service))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "not-found", "No such service; GET /docs lists them"));
    }

    /** The folder's name holds the version, which the jar itself knows best. */
    private static ClassPathResource swaggerUi() throws IOException {
        Properties about = PropertiesLoaderUtils.loadProperties(
                new ClassPathResource("META-INF/maven/org.webjars/swagger-ui/pom.properties"));
        return new ClassPathResource("META-INF/resources/webjars/swagger-ui/" + about.getProperty("version") + "/");
    }
}
