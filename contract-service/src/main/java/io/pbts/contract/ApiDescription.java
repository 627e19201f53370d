package io.pbts.contract;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import org.springframework.context.annotation.Configuration;

/** How the service introduces itself at {@code /v3/api-docs}. */
@Configuration(proxyBeanMethods = false)
@OpenAPIDefinition(info = @Info(title = "PBTS contract service", version = "1", description = """
            What the chain holds of accounts and totals, and the tracker seed's /contract routes; those that write exist in \
            profile local alone. Routes under /internal are for services."""))
class ApiDescription {}
