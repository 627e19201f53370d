package io.pbts.reputation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The OpenAPI 3.1 description at {@code /v3/api-docs}, with names as they are on the wire. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("PBTS reputation service")
                        .version("1")
                        .description(
                                "Accounts, totals and the gate's verdict. Routes under /internal are for services."));
    }

    /** springdoc reads classes with a Jackson 2 of its own, which knows nothing of the naming that answers follow. */
    @Bean
    ModelResolver wireNames() {
        ObjectMapper reader = Json31.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        return new ModelResolver(reader).openapi31(true);
    }
}
