package io.pbts.benchmarks.primitive;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.LedgerRow;
import io.pbts.protocol.receipt.ReceiptRowHash;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.TorrentId;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.openjdk.jmh.annotations.Benchmark;

/** What is laid out and hashed for each receipt. */
public class ReceiptBenchmark extends Primitive {
    private static final int BATCH = 64;

    private final List<ReceiptV2> batch = Specimens.receipts(BATCH);
    private final ReceiptV2 receipt = batch.getFirst();
    private final InstanceId instance = new InstanceId(Bytes32.fromHexString("0x02"));
    private final TorrentId torrent = TorrentId.ofInfo(Bytes.of(3));
    private final ChainAccount sender = receipt.sender().chainAccount();
    private final ChainAccount receiver = receipt.receiver().chainAccount();
    private final Bytes signature = Bytes.repeat((byte) 4, 96);

    @Benchmark
    public Bytes signedBytes() {
        return receipt.signedBytes();
    }

    /** The row of a receipt as the ledger keeps it, from the receipt on. */
    @Benchmark
    public ReceiptRowHash rowHash() {
        return LedgerRow.of(instance, torrent, sender, receiver, 16_384, receipt, signature)
                .hash();
    }

    /** Root of a batch of 64, from the receipts on. */
    @Benchmark
    public Bytes32 batchRoot() {
        return BatchStatement.tree(batch).root();
    }
}
