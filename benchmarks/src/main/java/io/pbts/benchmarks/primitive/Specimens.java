package io.pbts.benchmarks.primitive;

import io.pbts.benchmarks.signing.Delivery;
import io.pbts.benchmarks.signing.Keys;
import io.pbts.benchmarks.signing.ReportSigner;
import io.pbts.benchmarks.signing.Torrent;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;

/** What the primitives are measured on: receipts of one sender for a torrent of 128 pieces. */
final class Specimens {
    static final int REPORT = 128;
    static final ReportSigner SIGNER =
            new ReportSigner(new ReceiptDomain(Bytes32.fromHexString("0x01")), 1_700_000_000);
    private static final Torrent TORRENT = Torrent.of("specimen", REPORT);
    private static final AccountKey SENDER = Keys.bls("sender").publicKey().accountKey();

    private Specimens() {}

    /** The first pieces, handed to so many receivers in turn. */
    static List<Delivery> deliveries(int count, int receivers) {
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            deliveries.add(new Delivery(SENDER, Keys.bls("receiver " + i % receivers), TORRENT, i));
        }
        return deliveries;
    }

    static List<ReceiptV2> receipts(int count) {
        return deliveries(count, 1).stream().map(SIGNER::receipt).toList();
    }
}
