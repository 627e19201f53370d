package io.pbts.support.openapi;

import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** OpenAPI 3.1 at {@code /v3/api-docs} with names as they are on the wire, in every service that describes itself. */
@AutoConfiguration
@ConditionalOnClass(ModelResolver.class)
class ApiDescriptionAutoConfiguration {

    /** springdoc reads classes with a Jackson 2 of its own, which knows nothing of the naming that answers follow. */
    @Bean
    ModelResolver wireNames() {
        var reader = Json31.mapper().copy();
        reader.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        reader.setAnnotationIntrospector(AnnotationIntrospector.pair(
                new RequiredComponents(), reader.getSerializationConfig().getAnnotationIntrospector()));
        return new ModelResolver(reader).openapi31(true);
    }
}
