package io.pbts.protocol.evidence;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.hash.Keccak256;
import io.pbts.protocol.hash.Sha256;
import io.pbts.protocol.layout.FixedWidth;
import io.pbts.protocol.merkle.LogTree;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * What a receiver signs once for many receipts (paper, section 4.4, Merkle batch): how many there are and the root of the
 * tree over the hashes of their signed bytes.
 *
 * @param count receipts in the batch, 1 or more
 * @param root of the {@link LogTree} over {@link #entry} of each receipt, in the batch's order
 */
public record BatchStatement(ReceiptDomain domain, AccountKey receiver, int count, Bytes32 root) {
    /** The length of {@link #signedBytes()}. */
    public static final int SIGNED_SIZE = 129;

    private static final int KEY_WIDTH = 48;

    public BatchStatement {
        if (count < 1) {
            throw new IllegalArgumentException("a batch has at least one receipt");
        }
        root = root.copy();
    }

    /**
     * The statement over these receipts.
     *
     * @throws IllegalArgumentException when one names another receiver or another domain
     */
    public static BatchStatement over(ReceiptDomain domain, AccountKey receiver, List<ReceiptV2> receipts) {
        for (ReceiptV2 receipt : receipts) {
            if (!receipt.receiver().equals(receiver) || !receipt.domain().equals(domain)) {
                throw new IllegalArgumentException("a receipt of another receiver or domain");
            }
        }
        return new BatchStatement(
                domain, receiver, receipts.size(), tree(receipts).root());
    }

    /** The tree whose root is signed; proves each receipt's place. */
    public static LogTree tree(List<ReceiptV2> receipts) {
        return LogTree.of(receipts.stream().map(BatchStatement::entry).toList());
    }

    /** SHA-256 of a receipt's signed bytes. */
    public static Bytes32 entry(ReceiptV2 receipt) {
        return Sha256.hash(receipt.signedBytes());
    }

    /** What a BLS key signs. */
    public Bytes signedBytes() {
        return new FixedWidth(SIGNED_SIZE)
                .ascii("PBTS-BATCH")
                .u8(1)
                .u8(receiver.kind().number())
                .bytes(domain.bytes())
                .u8(receiver.kind().number())
                .leftPadded(receiver.bytes(), KEY_WIDTH)
                .u32(count)
                .bytes(root)
                .complete();
    }

    /** What a wallet signs by {@code personal_sign}: keccak256 of {@link #signedBytes()}. */
    public Bytes32 digest() {
        return Keccak256.hash(signedBytes());
    }
}
