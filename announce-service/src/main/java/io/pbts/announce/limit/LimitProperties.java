package io.pbts.announce.limit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What one client may take of the direct listener. Meant for floods, not for thrift: a house behind one address, and a
 * seedbox that begins 10,000 torrents at once over IPv4 and IPv6, stay below.
 *
 * @param addressRate requests per second and address (IPv6: /64) in the long run
 * @param addressBurst requests at once after a rest
 * @param passkeyRate announces and scrapes per second and passkey in the long run
 * @param passkeyBurst announces and scrapes at once after a rest
 * @param entries buckets of each kind that are remembered, a power of two, 8 bytes each
 * @param connections open at a time per address (IPv6: /64)
 */
@Validated
@ConfigurationProperties("pbts.limit")
public record LimitProperties(
        @DefaultValue("200") @Min(1) @Max(100_000) int addressRate,
        @DefaultValue("100000") @Min(1) @Max(10_000_000) int addressBurst,
        @DefaultValue("40") @Min(1) @Max(100_000) int passkeyRate,
        @DefaultValue("40000") @Min(1) @Max(10_000_000) int passkeyBurst,
        @DefaultValue("65536") @Min(64) @Max(16_777_216) int entries,
        @DefaultValue("1000") @Min(1) @Max(1_000_000) int connections) {

    public LimitProperties {
        if (Integer.bitCount(entries) != 1) {
            throw new IllegalArgumentException("pbts.limit.entries must be a power of two, not " + entries);
        }
    }
}
