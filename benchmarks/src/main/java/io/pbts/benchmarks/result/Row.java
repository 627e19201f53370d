package io.pbts.benchmarks.result;

/**
 * One figure of a bench.
 *
 * @param name stable
 * @param value the median of the repetitions
 * @param peer what it is compared with
 * @param ratio value / peerValue
 * @param asserted what work was checked before the figure was believed
 */
public record Row(
        String name,
        String unit,
        double value,
        double min,
        double max,
        String peer,
        double peerValue,
        double ratio,
        String asserted) {
    public static Row of(String name, String unit, Spread spread, Peer peer, String asserted) {
        return new Row(
                name,
                unit,
                spread.median(),
                spread.min(),
                spread.max(),
                peer.name(),
                peer.value(),
                spread.median() / peer.value(),
                asserted);
    }

    /** Somebody else's figure in the same unit, or a bar of our own. */
    public record Peer(String name, double value) {
        public Peer {
            if (!(value > 0)) {
                throw new IllegalArgumentException("nothing to compare with: " + value);
            }
        }
    }
}
