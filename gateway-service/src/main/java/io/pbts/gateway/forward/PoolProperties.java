package io.pbts.gateway.forward;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The connections to each service.
 *
 * @param maxConnections open at once
 * @param maxPending requests that wait for one
 * @param acquireTimeout how long they wait
 * @param connectTimeout how long a new connection may take
 * @param maxIdle unused ones are closed after this, before the service's own keep-alive (20 s) does it under a request
 * @param maxLife used ones are renewed after this, so that a moved service is found again
 * @param requestTimeout from the first byte forwarded to the head of the answer, the caller's upload included
 * @param questions open at once for what the gateway asks on its own account, such as whose an API key is
 * @param pendingQuestions questions that wait for one
 * @param questionTimeout for the question which instance this is
 */
@Validated
@ConfigurationProperties("pbts.gateway.pool")
record PoolProperties(
        @DefaultValue("256") @Min(1) @Max(10_000) int maxConnections,
        @DefaultValue("1024") @Min(1) @Max(100_000) int maxPending,
        @DefaultValue("2s") Duration acquireTimeout,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("10s") Duration maxIdle,
        @DefaultValue("5m") Duration maxLife,
        @DefaultValue("75s") Duration requestTimeout,
        @DefaultValue("8") @Min(1) @Max(256) int questions,
        @DefaultValue("128") @Min(1) @Max(10_000) int pendingQuestions,
        @DefaultValue("2s") Duration questionTimeout) {

    /** Parts that wait, and the reads that they are pieces of; 53 KiB were measured. */
    private static final long HELD_PER_ANSWER = 64 * 1024;

    /** Throws when callers who do not take their answers could use up the memory that all connections share. */
    void requireRoom(int services, long directMemory) {
        long held = HELD_PER_ANSWER * services * maxConnections;
        if (held > directMemory / 3 * 2) {
            throw new IllegalStateException(
                    "pbts.gateway.pool.max-connections is %d: answers that nobody takes may hold %d MiB of %d MiB of direct memory, more than two thirds; allow fewer, or more memory (-XX:MaxDirectMemorySize)"
                            .formatted(maxConnections, held >> 20, directMemory >> 20));
        }
    }
}
