package io.pbts.receipt.ledger;

import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.LedgerRow;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.protocol.torrent.TorrentId;
import io.pbts.receipt.facts.Account;
import org.apache.tuweni.bytes.Bytes;

/**
 * A receipt that may be redeemed.
 *
 * @param bytes what it is worth: the piece's length as the torrent has it
 */
public record LedgerEntry(
        TorrentId torrent, Account sender, Account receiver, long bytes, Receipt receipt, Bytes signature) {
    public LedgerEntry {
        if (bytes < 1) {
            throw new IllegalArgumentException("a receipt is worth at least a byte, not " + bytes);
        }
        if (sender.accountId() == receiver.accountId()) {
            throw new IllegalArgumentException("account " + sender.accountId() + " cannot pay itself");
        }
    }

    public LedgerKey key() {
        return new LedgerKey(torrent, receiver.accountId(), receipt.index().value());
    }

    LedgerRow row(InstanceId instance) {
        return LedgerRow.of(
                instance, torrent, sender.chainAccount(), receiver.chainAccount(), bytes, receipt, signature);
    }
}
