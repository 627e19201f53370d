package io.pbts.announce.wire;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the tracker listens and what a connection may cost.
 *
 * @param addresses of the direct listener; {@code ::} is everything, IPv4 too
 * @param port of the direct listener; 0 takes a free one
 * @param udp whether the tracker answers over UDP too, at the addresses and port of the direct listener
 * @param internalAddresses of the listener behind the gateway
 * @param internalPort of the listener behind the gateway; 0 takes a free one
 * @param loops event loops; 0 is one per processor
 * @param maxConnections open at a time, all listeners together; more are told to come back later
 * @param backlog connections that may wait to be accepted
 * @param headerTimeout how long a client may take to send a request
 * @param idleTimeout how long a connection may stay open without one
 * @param writeTimeout how long a client may leave answers lying
 * @param overloadLag how late an event loop may be before it turns requests away
 */
@Validated
@ConfigurationProperties("pbts.wire")
record WireProperties(
        @DefaultValue("127.0.0.1") List<String> addresses,
        @DefaultValue("6969") @Min(0) @Max(65_535) int port,
        @DefaultValue("true") boolean udp,
        @DefaultValue("127.0.0.1") List<String> internalAddresses,
        @DefaultValue("6970") @Min(0) @Max(65_535) int internalPort,
        @DefaultValue("0") @Min(0) @Max(256) int loops,
        @DefaultValue("20000") @Min(1) @Max(1_000_000) int maxConnections,
        @DefaultValue("4096") @Min(1) @Max(65_535) int backlog,

        @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration headerTimeout,

        @DefaultValue("75s") @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration idleTimeout,

        @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration writeTimeout,

        @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(seconds = 10)
        Duration overloadLag) {

    WireProperties {
        addresses = List.copyOf(addresses);
        internalAddresses = List.copyOf(internalAddresses);
    }

    int eventLoops() {
        return loops == 0 ? Runtime.getRuntime().availableProcessors() : loops;
    }
}
