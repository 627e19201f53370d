package io.pbts.gateway.page;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code GET /}: whether the suite works and what it counts, until the dashboard takes its place. */
@Configuration(proxyBeanMethods = false)
class StatusPage {
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Bean
    RouterFunction<ServerResponse> statusPageRoutes() {
        SharedBytes icon = SharedFolder.read(new ClassPathResource("pages/assets/icon.svg"));
        return Pages.page("/", "pages/index.html", POLICY)
                .and(Pages.files("/assets/{file}", new ClassPathResource("pages/assets/")))
                .and(RouterFunctions.route()
                        .GET("/favicon.ico", request -> Pages.file("icon.svg", icon))
                        .build());
    }
}
