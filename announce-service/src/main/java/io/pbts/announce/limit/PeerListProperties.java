package io.pbts.announce.limit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many lists of peers an account gets, so that nobody harvests the addresses of all swarms with one passkey. A person who
 * has a hundred torrents on the way stays below: that takes 200 lists an hour.
 *
 * @param allowances each holds by itself; none means no bound. A list for a seeder, in which there are leechers only, counts
 *     half, and the first list of a download may still be had when twice the allowance is used up
 * @param entries accounts that are remembered, a power of two, 12 bytes each and 4 for every allowance
 */
@Validated
@ConfigurationProperties("pbts.peer-lists")
public record PeerListProperties(
        @DefaultValue @Size(max = 8) List<Allowance> allowances,
        @DefaultValue("65536") @Min(8) @Max(16_777_216) int entries) {

    public PeerListProperties {
        allowances = List.copyOf(allowances);
        if (Integer.bitCount(entries) != 1) {
            throw new IllegalArgumentException("pbts.peer-lists.entries must be a power of two, not " + entries);
        }
    }
}
