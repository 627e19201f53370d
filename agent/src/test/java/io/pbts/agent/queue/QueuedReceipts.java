package io.pbts.agent.queue;

import io.pbts.engine.receipt.Earned;
import io.pbts.engine.receipt.SignedReceipt;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** A queue as an agent that was killed leaves it: pieces 0 and 1 signed by a BLS key, 2 by a wallet, 3 not signed truly. */
public final class QueuedReceipts {
    private static final BlsSecretKey SENDER = BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient("0x3"));
    private static final BlsSecretKey RECEIVER = BlsSecretKey.fromBytes(Bytes32.fromHexStringLenient("0x2"));
    private static final Secp256k1SecretKey WALLET = Secp256k1SecretKey.fromBytes(Bytes32.fromHexStringLenient("0x5"));

    private QueuedReceipts() {}

    /** Writes the receipts into the queue of a domain below a folder. */
    public static void write(Path folder, String domain, boolean alsoFalse) throws IOException {
        ReceiptDomain of = ReceiptDomain.fromHex(domain);
        try (ReceiptQueue queue = new ReceiptQueue(folder, of, 10)) {
            for (int piece = 0; piece < 2; piece++) {
                ReceiptV2 receipt = receipt(of, RECEIVER.publicKey().accountKey(), piece);
                queue.keep(new SignedReceipt(
                        receipt, Bls.sign(RECEIVER, receipt.signedBytes()).bytes()));
            }
            ReceiptV2 receipt = receipt(of, new AccountKey.Wallet(WALLET.address()), 2);
            queue.keep(new SignedReceipt(receipt, WALLET.signPersonal(receipt.digest())));
            if (alsoFalse) {
                ReceiptV2 other = receipt(of, RECEIVER.publicKey().accountKey(), 3);
                Bytes signature = Bls.sign(RECEIVER, receipt.signedBytes()).bytes();
                queue.keep(new SignedReceipt(other, signature));
            }
        }
    }

    /** The same with one signature over pieces 4 to 6. */
    public static void writeBatch(Path folder, String domain) throws IOException {
        ReceiptDomain of = ReceiptDomain.fromHex(domain);
        AccountKey receiver = RECEIVER.publicKey().accountKey();
        List<ReceiptV2> receipts =
                List.of(receipt(of, receiver, 4), receipt(of, receiver, 5), receipt(of, receiver, 6));
        BatchStatement statement = BatchStatement.over(of, receiver, receipts);
        try (ReceiptQueue queue = new ReceiptQueue(folder, of, 10)) {
            queue.keep(new Earned.Batch(
                    receipts, Bls.sign(RECEIVER, statement.signedBytes()).bytes()));
        }
    }

    private static ReceiptV2 receipt(ReceiptDomain domain, AccountKey receiver, int piece) {
        return new ReceiptV2(
                domain,
                InfoHash.fromHex("09be306d741df5cc84731d4025ef3267650f7960"),
                SENDER.publicKey().accountKey(),
                receiver,
                new PieceIndex(piece),
                new PieceLength(262_144),
                PieceHash.fromHex("28ace83a91574c68c9028e4a3efe081f1aed2cd0"),
                1_700_000_000);
    }
}
