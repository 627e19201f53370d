package io.pbts.gateway.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the suite's health is asked for.
 *
 * @param timeout for each service; they are asked at the same time
 * @param cacheFor how long an answer serves everyone who asks, so that asking costs the services nothing
 */
@ConfigurationProperties("pbts.gateway.health")
record HealthProperties(
        @DefaultValue("2s") Duration timeout,
        @DefaultValue("500ms") Duration cacheFor) {}
