package io.pbts.benchmarks.transfer;

/**
 * What one transfer took. The file was compared before there is one of these.
 *
 * @param seconds from the call of the peer until the last piece was verified and written
 * @param cpuSeconds of both clients meanwhile
 * @param receipts what the sender was given for it
 */
record Outcome(double seconds, double cpuSeconds, Receipts receipts) {

    /**
     * Signatures that were verified.
     *
     * @param reportBytes that a tracker is told by them, in the binary form
     */
    record Receipts(long signatures, long reportBytes) {
        static final Receipts NONE = new Receipts(0, 0);
    }
}
