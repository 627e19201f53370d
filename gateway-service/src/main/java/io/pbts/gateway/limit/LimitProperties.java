package io.pbts.gateway.limit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What callers may hold.
 *
 * @param maxConnections open at once, from all callers; one more is closed at once
 * @param maxConnectionsPerAddress of one address, IPv6: of its /64; behind a trusted proxy and, in profile {@code local}, of
 *     this machine as many as of all ({@code PBTS_CONNECTIONS_PER_ADDRESS})
 * @param maxBody of any request; the owners' own limits are lower
 * @param headTimeout from the first byte of a request line to the last of its headers
 * @param bodyGap between two parts of a body
 * @param bodyGrace after which a body must have come at {@code minBodyRate} on average
 * @param minBodyRate bytes a second
 * @param maxUnfinishedBodies of one address (IPv6: of its /64) that are still coming
 * @param requestTimeout for a whole request
 * @param writeTimeout within which a caller must have taken so much of its answer as {@code minReadRate} says
 * @param minReadRate bytes a second, while an answer lies
 * @param maxUnsent how much of an answer the system may hold back for a caller; its progress is seen in steps of half of this
 */
@Validated
@ConfigurationProperties("pbts.gateway.limits")
record LimitProperties(
        @DefaultValue("4096") @Min(1) @Max(100_000) int maxConnections,
        @DefaultValue("256") @Min(1) @Max(100_000) int maxConnectionsPerAddress,
        @DefaultValue("11MB") DataSize maxBody,
        @DefaultValue("10s") Duration headTimeout,
        @DefaultValue("10s") Duration bodyGap,
        @DefaultValue("10s") Duration bodyGrace,
        @DefaultValue("256B") DataSize minBodyRate,
        @DefaultValue("64") @Min(1) @Max(100_000) int maxUnfinishedBodies,
        @DefaultValue("60s") Duration requestTimeout,
        @DefaultValue("30s") Duration writeTimeout,
        @DefaultValue("512B") DataSize minReadRate,
        @DefaultValue("16KB") DataSize maxUnsent) {}
