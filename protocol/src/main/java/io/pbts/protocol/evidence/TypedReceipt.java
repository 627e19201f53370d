package io.pbts.protocol.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.hash.Keccak256;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.ReceiptV2;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.apache.tuweni.units.bigints.UInt64;

/**
 * A {@link ReceiptV2} as a wallet shows it before it signs: typed data of EIP-712. Says the same, in other bytes; the
 * layout is in {@code docs/protocol.md}.
 */
public final class TypedReceipt {
    private static final Bytes32 TYPE = Keccak256.hash(
            Bytes.wrap(("Receipt(uint8 infoHashKind,bytes32 infoHash,bytes sender,address receiver,uint32 pieceIndex,"
                            + "uint32 pieceLength,bytes32 pieceHash,uint64 signedAt)")
                    .getBytes(US_ASCII)));
    private static final Bytes PREFIX = Bytes.of(0x19, 0x01);

    private TypedReceipt() {}

    /**
     * What the receiver's wallet signs: {@code keccak256(0x1901 || domain separator || hash of the struct)}.
     *
     * @param deployment the one whose domain the receipt names
     * @throws IllegalArgumentException when the receiver is no wallet, or the receipt is for another deployment
     */
    public static Bytes32 digest(ReceiptV2 receipt, Deployment deployment) {
        if (!receipt.domain().equals(deployment.domain())) {
            throw new IllegalArgumentException("the receipt is for another deployment");
        }
        return Keccak256.hash(PREFIX, deployment.typedDomain(), struct(receipt));
    }

    static Bytes32 struct(ReceiptV2 receipt) {
        if (!(receipt.receiver() instanceof AccountKey.Wallet wallet)) {
            throw new IllegalArgumentException("only wallets sign typed data");
        }
        return Keccak256.hash(
                TYPE,
                number(receipt.infoHash().kind().number()),
                Bytes32.leftPad(receipt.infoHash().bytes()),
                Keccak256.hash(receipt.sender().bytes()),
                Bytes32.leftPad(wallet.bytes()),
                number(receipt.index().value()),
                number(receipt.length().bytes()),
                Bytes32.leftPad(receipt.pieceHash().bytes()),
                number(receipt.timestamp()));
    }

    private static Bytes32 number(long value) {
        return Bytes32.leftPad(UInt64.valueOf(value).toBytes());
    }
}
