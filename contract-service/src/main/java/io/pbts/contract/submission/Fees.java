package io.pbts.contract.submission;

import java.math.BigInteger;

/**
 * What a transaction offers, in wei per gas (EIP-1559).
 *
 * @param most base fee and tip together
 * @param tip what a validator gets of it
 */
record Fees(long most, long tip) {
    private static final long GWEI = 1_000_000_000L;

    Fees {
        if (tip < 0 || most < tip) {
            throw new IllegalArgumentException("not fees: most %d, tip %d".formatted(most, tip));
        }
    }

    /** Room for the base fee to double (six full blocks), never above the caps. */
    static Fees suggested(BigInteger baseFee, BigInteger suggestedTip, SubmissionProperties limits) {
        long cap = limits.maxFeeGwei() * GWEI;
        long tip =
                suggestedTip.min(BigInteger.valueOf(limits.maxTipGwei() * GWEI)).longValueExact();
        long most = baseFee.shiftLeft(1)
                .add(BigInteger.valueOf(tip))
                .min(BigInteger.valueOf(cap))
                .longValueExact();
        return new Fees(most, Math.min(tip, most));
    }

    /** An eighth more of both, as nodes demand of a replacement (10 %, and 12.5 % some), or the suggestion if that is more. */
    Fees raised(Fees suggested) {
        return new Fees(
                Math.max(suggested.most, eighthMoreRoundedUp(most)), Math.max(suggested.tip, eighthMoreRoundedUp(tip)));
    }

    boolean within(SubmissionProperties limits) {
        return most <= limits.maxFeeGwei() * GWEI;
    }

    boolean covers(BigInteger baseFee) {
        return BigInteger.valueOf(most).compareTo(baseFee) >= 0;
    }

    private static long eighthMoreRoundedUp(long amount) {
        return Math.addExact(amount, amount / 8 + 1);
    }
}
