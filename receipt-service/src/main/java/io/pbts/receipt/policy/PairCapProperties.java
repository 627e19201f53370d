package io.pbts.receipt.policy;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much two accounts may do for each other.
 *
 * @param pairCap most bytes of receipts accepted from one sender to one receiver on a day in UTC; a piece that is larger is
 *     never accepted
 */
@ConfigurationProperties("pbts.receipt")
public record PairCapProperties(@DefaultValue("1TB") DataSize pairCap) {
    private static final long LARGEST = 1L << 60;

    public PairCapProperties {
        if (pairCap.toBytes() < 1 || pairCap.toBytes() > LARGEST) {
            throw new IllegalArgumentException("not a pair cap: %s, at most %d bytes".formatted(pairCap, LARGEST));
        }
    }

    public long bytes() {
        return pairCap.toBytes();
    }
}
