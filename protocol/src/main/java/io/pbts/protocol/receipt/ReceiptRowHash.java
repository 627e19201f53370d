package io.pbts.protocol.receipt;

import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.merkle.LogTree;
import java.util.List;
import org.apache.tuweni.bytes.Bytes32;

/** SHA-256 of a {@link LedgerRow}: what a batch's tree is built from. */
public record ReceiptRowHash(Bytes32 bytes) {

    public ReceiptRowHash {
        bytes = bytes.copy();
    }

    public static ReceiptRowHash ofBytes(byte[] bytes) {
        return new ReceiptRowHash(Bytes32.wrap(bytes));
    }

    public static ReceiptRowHash fromHex(String hex) {
        return new ReceiptRowHash(Bytes32.wrap(Hex.decode(hex, Bytes32.SIZE)));
    }

    /** Root of the tree over rows, in the order given. */
    public static Bytes32 root(List<ReceiptRowHash> rows) {
        return LogTree.of(rows.stream().map(ReceiptRowHash::bytes).toList()).root();
    }

    /** Lower case, without a prefix. */
    public String hex() {
        return bytes.toUnprefixedHexString();
    }

    @Override
    public String toString() {
        return hex();
    }
}
