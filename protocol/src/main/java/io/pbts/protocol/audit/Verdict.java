package io.pbts.protocol.audit;

import io.pbts.protocol.epoch.EpochHeader;
import io.pbts.protocol.epoch.Finding;
import io.pbts.protocol.merkle.EpochRoot;
import java.util.List;

/** What an epoch file is found to be. */
public sealed interface Verdict {
    /**
     * Everything that was looked at fits.
     *
     * @param roots of its parts, in their order
     * @param anchored whether its root was compared with one that did not come from the file
     * @param signatures rows whose signature was verified
     * @param unverifiable rows whose signature cannot be: only hashes are left, or it is typed data of an earlier contract
     */
    record Intact(EpochHeader header, List<EpochRoot> roots, boolean anchored, long signatures, long unverifiable)
            implements Verdict {
        public Intact {
            roots = List.copyOf(roots);
        }
    }

    /** The first thing that does not fit. */
    record Wrong(Finding finding) implements Verdict {}
}
