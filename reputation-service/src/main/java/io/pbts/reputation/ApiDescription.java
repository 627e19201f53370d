package io.pbts.reputation;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import org.springframework.context.annotation.Configuration;

/** How the service introduces itself at {@code /v3/api-docs}. */
@Configuration(proxyBeanMethods = false)
@OpenAPIDefinition(info = @Info(title = "PBTS reputation service", version = "1", description = """
            Accounts, totals and the gate's verdict. Routes under /internal are for services."""))
class ApiDescription {}
