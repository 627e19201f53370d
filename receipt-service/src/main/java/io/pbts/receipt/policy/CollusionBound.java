package io.pbts.receipt.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What identities of one party can gain at most by signing for each other.
 *
 * <p>Every credited receipt leaves its receiver at {@code r * down - C - up <= O}, and what is added to {@code up} later only
 * helps it. Summed over k identities of which {@code W} bytes went from one to another and {@code X} came from others,
 * {@code r * (W + X) - k * C - W <= k * O}, so
 *
 * <pre>X &lt;= (k * (C + O) + (1 - r) * W) / r</pre>
 *
 * <p>{@code W} is at most what the identities can receive, each piece once per download that counts, and at most what their
 * k(k - 1) ordered pairs may have on so many days. What they gave to others, G bytes, earned them G / r more by the ratio
 * itself; that is no gain.
 *
 * @param minRatio r
 * @param creditBytes C, what an identity begins with
 * @param overdraftBytes O
 * @param pairCapBytes P, what an ordered pair may have on a day
 * @param catalogueBytes T, what an identity can receive once
 * @param downloads S, how often a piece may be paid for by one receiver
 */
public record CollusionBound(
        BigDecimal minRatio,
        long creditBytes,
        long overdraftBytes,
        long pairCapBytes,
        BigInteger catalogueBytes,
        int downloads) {
    public CollusionBound {
        boolean negative = minRatio.signum() < 0 || creditBytes < 0 || overdraftBytes < 0;
        if (negative || pairCapBytes < 1 || catalogueBytes.signum() < 0 || downloads < 1) {
            throw new IllegalArgumentException("not a bound: r %s, C %d, O %d, P %d, T %s, S %d"
                    .formatted(minRatio, creditBytes, overdraftBytes, pairCapBytes, catalogueBytes, downloads));
        }
    }

    /** W: what so many identities can sign for among each other on so many days in UTC. */
    public BigInteger washableBytes(int identities, int days) {
        BigInteger k = count(identities, "identities");
        BigInteger received = k.multiply(catalogueBytes).multiply(BigInteger.valueOf(downloads));
        BigInteger capped = k.multiply(k.subtract(BigInteger.ONE))
                .multiply(BigInteger.valueOf(pairCapBytes))
                .multiply(count(days, "days"));
        return received.min(capped);
    }

    /** What they take from others at most without giving them anything, rounded down; empty when nothing bounds it. */
    public Optional<BigInteger> gainBytes(int identities, int days) {
        if (minRatio.signum() == 0) {
            return Optional.empty();
        }
        BigDecimal granted = new BigDecimal(count(identities, "identities")
                .multiply(BigInteger.valueOf(Math.addExact(creditBytes, overdraftBytes))));
        BigDecimal perWashedByte = BigDecimal.ONE.subtract(minRatio).max(BigDecimal.ZERO);
        BigDecimal washed = new BigDecimal(washableBytes(identities, days)).multiply(perWashedByte);
        return Optional.of(
                granted.add(washed).divide(minRatio, 0, RoundingMode.DOWN).toBigIntegerExact());
    }

    private static BigInteger count(int number, String of) {
        if (number < 1) {
            throw new IllegalArgumentException("%d %s".formatted(number, of));
        }
        return BigInteger.valueOf(number);
    }
}
