package io.pbts.receipt;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the service describes itself at {@code /v3/api-docs} (OpenAPI 3.1). */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    private static final String CODES = """
            Verifies receipts and lets each be redeemed once. A report is judged receipt by receipt; each result has a \
            stable code: credited, held (stored until the receiver is below its overdraft), duplicate (with its present \
            state), unknown-torrent, torrent-disabled, unknown-sender, unknown-receiver, self-transfer, bad-index, \
            bad-length, bad-piece-hash, stale, future, wrong-domain, bad-signature, bad-encoding, kind-disabled. \
            Routes under /internal are for services.""";

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info().title("PBTS receipt service").version("1").description(CODES));
    }

    /** The describer reads our records with its own Jackson 2, which must be told how names look on the wire. */
    @Bean
    ModelResolver describedNames() {
        var mapper = Json31.mapper().copy();
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        return new ModelResolver(mapper).openapi31(true);
    }
}
