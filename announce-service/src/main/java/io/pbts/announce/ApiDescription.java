package io.pbts.announce;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import org.springframework.context.annotation.Configuration;

/** How the service introduces itself at {@code /v3/api-docs}. */
@Configuration(proxyBeanMethods = false)
@OpenAPIDefinition(info = @Info(title = "PBTS announce service", version = "1", description = """
            The registry of torrents. Announces and scrapes are answered on the tracker's own listeners, which no OpenAPI \
            describes: they are bencoded (BEP 3, 7, 23, 24, 48). Routes under /internal are for services."""))
class ApiDescription {}
