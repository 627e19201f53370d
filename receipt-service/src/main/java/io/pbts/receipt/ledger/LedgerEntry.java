package io.pbts.receipt.ledger;

import io.pbts.protocol.evidence.Evidence;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.LedgerRow;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.protocol.torrent.TorrentId;
import io.pbts.receipt.facts.Account;

/**
 * A receipt that may be redeemed.
 *
 * @param download 0, or the number of a further download that the receiver opened
 * @param bytes what it is worth: the piece's length as the torrent has it
 */
public record LedgerEntry(
        TorrentId torrent,
        Account sender,
        Account receiver,
        int download,
        long bytes,
        Receipt receipt,
        Evidence evidence) {
    public LedgerEntry {
        if (bytes < 1) {
            throw new IllegalArgumentException("a receipt is worth at least a byte, not " + bytes);
        }
        if (sender.accountId() == receiver.accountId()) {
            throw new IllegalArgumentException("account " + sender.accountId() + " cannot pay itself");
        }
    }

    public LedgerKey key() {
        return new LedgerKey(
                torrent, receiver.accountId(), download, receipt.index().value());
    }

    LedgerRow row(InstanceId instance) {
        return LedgerRow.of(
                instance, torrent, sender.chainAccount(), receiver.chainAccount(), bytes, receipt, evidence.bytes());
    }
}
