package io.pbts.announce.swarm;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long peers stay and how much memory they may take.
 *
 * @param interval how often peers are told to announce; one that does not come back leaves 1.3 intervals later
 * @param maxSwarms torrents with peers at a time; in {@code local} anybody may name new ones
 * @param maxPeers peers of all swarms together, about 60 bytes each
 * @param perAccount places at which one account may be in one swarm at a time. A place is a client, by its peer id, whatever
 *     addresses it has
 * @param shards locks that the swarms are spread over, a power of two
 */
@Validated
@ConfigurationProperties("pbts.swarm")
public record SwarmProperties(
        @DefaultValue("30m") Duration interval,
        @DefaultValue("200000") @Min(1) @Max(100_000_000) int maxSwarms,
        @DefaultValue("1000000") @Min(1) @Max(500_000_000) int maxPeers,
        @DefaultValue("3") @Min(1) @Max(1000) int perAccount,
        @DefaultValue("256") @Min(1) @Max(65_536) int shards) {

    public SwarmProperties {
        if (Integer.bitCount(shards) != 1) {
            throw new IllegalArgumentException("pbts.swarm.shards must be a power of two, not " + shards);
        }
        if (interval.toSeconds() < 1 || interval.toHours() > 24) {
            throw new IllegalArgumentException("pbts.swarm.interval must be between 1 s and 24 h, not " + interval);
        }
    }

    /** Longer than the longest interval that is handed out, and over before 1.5 intervals, sweep included. */
    public Duration stay() {
        return interval.multipliedBy(13).dividedBy(10);
    }
}
