package io.pbts.receipt.verification;

import io.pbts.protocol.evidence.Evidence;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.torrent.TorrentId;
import io.pbts.receipt.facts.AccountDirectory.KnownKey;
import io.pbts.receipt.ledger.LedgerEntry;
import io.pbts.receipt.ledger.LedgerKey;

/** What became of a posted receipt before the ledger saw it. */
public sealed interface Finding {

    /**
     * It is refused.
     *
     * @param detail what is wrong, for whoever posted it
     */
    record Refused(Defect defect, String detail) implements Finding {}

    /**
     * It fits this tracker; whether it was signed is another, dearer question.
     *
     * @param download 0, or the number of a further download that the receiver opened
     * @param bytes what it is worth: the piece's length as the torrent has it
     * @param receipt what its receiver must have signed
     */
    record Plausible(
            TorrentId torrent,
            KnownKey sender,
            KnownKey receiver,
            int download,
            long bytes,
            Receipt receipt,
            Proof proof)
            implements Finding {

        public LedgerKey key() {
            return new LedgerKey(
                    torrent,
                    receiver.account().accountId(),
                    download,
                    receipt.index().value());
        }

        /** Equal ones have equal keys; hashing all fields, several times a report, showed in profiles. */
        @Override
        public int hashCode() {
            return key().hashCode();
        }

        /** What the ledger may redeem, now that this shows that it was signed. */
        public LedgerEntry entry(Evidence evidence) {
            return new LedgerEntry(torrent, sender.account(), receiver.account(), download, bytes, receipt, evidence);
        }
    }
}
