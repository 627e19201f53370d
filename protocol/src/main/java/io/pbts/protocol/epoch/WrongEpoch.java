package io.pbts.protocol.epoch;

/** An epoch file is not what it should be, and where. */
public final class WrongEpoch extends RuntimeException {
    private final transient Finding finding;

    public WrongEpoch(Finding finding) {
        super(finding.toString());
        this.finding = finding;
    }

    public Finding finding() {
        return finding;
    }
}
