package io.pbts.gateway.management;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The management port, by the names that it has in the other services ({@code MANAGEMENT_SERVER_...}).
 *
 * @param address where it listens; only who probes and scrapes should reach it
 * @param port 0 for a free one; without one there is no such listener
 */
@Validated
@ConfigurationProperties("management.server")
record ManagementProperties(
        @DefaultValue("127.0.0.1") InetAddress address,
        @Nullable @Min(0) @Max(65_535) Integer port) {}
