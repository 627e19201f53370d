package io.pbts.receipt.export;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.evidence.Evidence;
import io.pbts.protocol.hash.Sha256;
import io.pbts.protocol.receipt.Bep10Receipt;
import io.pbts.protocol.receipt.Eip191Receipt;
import io.pbts.protocol.receipt.LegacyHttpReceipt;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import io.pbts.protocol.torrent.TorrentId;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * A receipt as it is kept: its fields, and the hash of what was signed but not the signed bytes, which are made again.
 *
 * @param bytes what it is worth, which is the signed length in the kinds that sign one
 * @param signedAt seconds since 1970; of a kind that signs hours, the last second of one
 * @param acceptedAt that of the report that it came in
 */
record StoredReceipt(
        long sequence,
        TorrentId torrent,
        ChainAccount senderAccount,
        ChainAccount receiverAccount,
        ReceiptKind kind,
        InfoHash infoHash,
        Bytes sender,
        Bytes receiver,
        PieceIndex index,
        long bytes,
        PieceHash pieceHash,
        long signedAt,
        Evidence evidence,
        Bytes32 signedDigest,
        OffsetDateTime acceptedAt) {

    /** Exactly what was signed; empty when it cannot be made, as of a receipt for an earlier contract of this tracker. */
    Optional<Bytes> signedBytes(ReceiptDomain domain) {
        return Optional.of(receipt(domain).signedBytes())
                .filter(signed -> Sha256.hash(signed).equals(signedDigest));
    }

    AccountKey receiverKey() {
        return key(receiver);
    }

    private Receipt receipt(ReceiptDomain domain) {
        return switch (kind) {
            case V2_BLS, V2_SECP256K1 ->
                new ReceiptV2(
                        domain,
                        infoHash,
                        key(sender),
                        key(receiver),
                        index,
                        new PieceLength(bytes),
                        pieceHash,
                        signedAt);
            case HTTP_V1 ->
                new LegacyHttpReceipt(
                        infoHash, new AccountKey.Bls(sender), new AccountKey.Bls(receiver), index, pieceHash, signedAt);
            case BEP10_V1 ->
                new Bep10Receipt(
                        infoHash,
                        new AccountKey.Bls(sender),
                        new AccountKey.Bls(receiver),
                        index,
                        pieceHash,
                        signedAt / Bep10Receipt.EPOCH_SECONDS);
            case EIP191_V1 ->
                new Eip191Receipt(
                        infoHash, wallet(sender), wallet(receiver), index, new PieceLength(bytes), pieceHash, signedAt);
        };
    }

    private static AccountKey key(Bytes bytes) {
        return AccountKey.of(
                bytes.size() == AccountKey.Bls.SIZE ? AccountKey.Kind.BLS : AccountKey.Kind.ADDRESS, bytes);
    }

    private static AccountKey.Wallet wallet(Bytes bytes) {
        return new AccountKey.Wallet(new EthereumAddress(bytes));
    }
}
