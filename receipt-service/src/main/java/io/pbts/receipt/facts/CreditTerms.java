package io.pbts.receipt.facts;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What bounds credit on this tracker, as its owners say it now.
 *
 * @param minRatio of the gate and of the ledger
 * @param creditBytes what a newcomer may be granted; 0 when nobody is
 * @param overdraftBytes how far below the ratio a receiver may be when it is credited for
 * @param catalogueBytes what one account can receive of everything that is registered
 */
public record CreditTerms(BigDecimal minRatio, long creditBytes, long overdraftBytes, BigInteger catalogueBytes) {
    public CreditTerms {
        if (minRatio.signum() < 0 || creditBytes < 0 || overdraftBytes < 0 || catalogueBytes.signum() < 0) {
            throw new IllegalArgumentException(
                    "not terms: %s, %d, %d, %s".formatted(minRatio, creditBytes, overdraftBytes, catalogueBytes));
        }
    }
}
