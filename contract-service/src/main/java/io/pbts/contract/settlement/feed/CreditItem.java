package io.pbts.contract.settlement.feed;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.merkle.AccountSum;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;

/** A credited batch on the wire. One that does not balance is refused before it is stored. */
record CreditItem(long batchSeq, int receiptCount, String rowsRoot, List<Delta> deltas) {
    /** What a batch adds to one account, in bytes. */
    record Delta(String chainAccount, long up, long down) {
        AccountSum sum() {
            return new AccountSum(ChainAccount.fromHex(chainAccount), up, down);
        }
    }

    CreditItem {
        deltas = List.copyOf(deltas);
        long up = 0;
        long down = 0;
        for (Delta delta : deltas) {
            up = Math.addExact(up, delta.up());
            down = Math.addExact(down, delta.down());
        }
        if (receiptCount < 1 || deltas.isEmpty() || up != down) {
            throw new IllegalArgumentException("batch %d does not balance: %d receipts, %d up, %d down"
                    .formatted(batchSeq, receiptCount, up, down));
        }
    }

    Bytes32 root() {
        return Bytes32.wrap(Hex.decode(rowsRoot, Bytes32.SIZE));
    }

    List<AccountSum> sums() {
        return deltas.stream().map(Delta::sum).toList();
    }
}
