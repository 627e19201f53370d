package io.pbts.support;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large a request body may be.
 *
 * @param limit for every route that has no limit of its own
 * @param routes limits by exact path
 */
@ConfigurationProperties("pbts.body")
public record BodyProperties(
        @DefaultValue("1MB") DataSize limit, @DefaultValue Map<String, DataSize> routes) {
    public BodyProperties {
        routes = Map.copyOf(routes);
    }

    long limitOf(String path) {
        return routes.getOrDefault(path, limit).toBytes();
    }
}
