package io.pbts.receipt.testing;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.receipt.Bep10Receipt;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.Eip191Receipt;
import io.pbts.protocol.receipt.LegacyHttpReceipt;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.Metainfo.Hashed;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** A receipt about to be signed and posted. Every field can be made wrong before the receiver signs, or after. */
public record Draft(
        Peer sender, Peer receiver, Hashed torrent, long index, long length, PieceHash pieceHash, long timestamp) {

    public static final Deployment DEPLOYMENT =
            new Deployment(Neighbours.CHAIN_ID, EthereumAddress.parse(Neighbours.SETTLEMENT), World.INSTANCE);
    public static final ReceiptDomain DOMAIN = DEPLOYMENT.domain();

    public static Draft of(Peer sender, Peer receiver, Hashed torrent, int index) {
        PieceIndex piece = new PieceIndex(index);
        return new Draft(
                sender,
                receiver,
                torrent,
                index,
                torrent.pieces().lengthOf(piece).bytes(),
                torrent.pieces().hashOf(piece),
                World.CLOCK.instant().getEpochSecond());
    }

    /** A receipt v2 of a piece, signed for this tracker and now. */
    public static ReceiptV2 statement(AccountKey sender, AccountKey receiver, Hashed torrent, int index) {
        PieceIndex piece = new PieceIndex(index);
        return new ReceiptV2(
                DOMAIN,
                torrent.infoHash(),
                sender,
                receiver,
                piece,
                torrent.pieces().lengthOf(piece),
                torrent.pieces().hashOf(piece),
                World.CLOCK.instant().getEpochSecond());
    }

    /** What a wallet signed for a piece, as {@code /report} takes it. */
    public static Map<String, Object> of(Peer sender, WalletPeer receiver, Hashed torrent, int index) {
        ReceiptV2 receipt = statement(sender.key(), receiver.key(), torrent, index);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("version", 2);
        object.put("receiver_public_key", base64(receiver.key().bytes()));
        object.put("sender_pk", base64(sender.key().bytes()));
        object.put("piece_hash", receipt.pieceHash().hex());
        object.put("piece_index", index);
        object.put("infohash", torrent.infoHash().hex());
        object.put("timestamp", receipt.timestamp());
        object.put("signature", base64(receiver.secret().signPersonal(receipt.digest())));
        object.put("piece_size", receipt.length().bytes());
        return object;
    }

    /** The same piece in the other direction. */
    public Draft turned() {
        Peer wasReceiver = receiver;
        Peer wasSender = sender;
        return new Draft(wasReceiver, wasSender, torrent, index, length, pieceHash, timestamp);
    }

    public Draft index(long other) {
        return new Draft(sender, receiver, torrent, other, length, pieceHash, timestamp);
    }

    public Draft length(long other) {
        return new Draft(sender, receiver, torrent, index, other, pieceHash, timestamp);
    }

    public Draft pieceHash(PieceHash other) {
        return new Draft(sender, receiver, torrent, index, length, other, timestamp);
    }

    public Draft signedAt(long other) {
        return new Draft(sender, receiver, torrent, index, length, pieceHash, other);
    }

    /** Seconds from the tracker's now. */
    public Draft signedIn(long seconds) {
        return signedAt(World.CLOCK.instant().getEpochSecond() + seconds);
    }

    /** Our own form, signed by the receiver for this tracker. */
    public Map<String, Object> v2() {
        return v2(DOMAIN);
    }

    public Map<String, Object> v2(ReceiptDomain domain) {
        Map<String, Object> object = object(new ReceiptV2(
                domain,
                torrent.infoHash(),
                sender.key(),
                receiver.key(),
                new PieceIndex(index),
                new PieceLength(length),
                pieceHash,
                timestamp));
        object.put("version", 2);
        return object;
    }

    /** The original tracker's form. */
    public Map<String, Object> original() {
        return object(originalReceipt());
    }

    /** The form of the original's BEP 10 extension; an epoch that it cannot sign is posted over another one's signature. */
    public Map<String, Object> bep10(long epoch) {
        long signed = epoch < 0 || epoch > Bep10Receipt.MAX_EPOCH ? 0 : epoch;
        var receipt = new Bep10Receipt(
                torrent.infoHash(), sender.key(), receiver.key(), new PieceIndex(index), pieceHash, signed);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("receiver_pk", base64(receiver.key().bytes()));
        object.put("sender_pk", base64(sender.key().bytes()));
        object.put("piece_hash", pieceHash.hex());
        object.put("piece_index", index);
        object.put("infohash", torrent.infoHash().hex());
        object.put("timestamp", timestamp);
        object.put("t_epoch", epoch);
        object.put("signature", base64(receiver.sign(receipt)));
        return object;
    }

    /** The AI-agent variant's form. */
    public static Map<String, Object> variant(
            WalletPeer seller, WalletPeer buyer, Hashed torrent, int piece, long timestamp) {
        var index = new PieceIndex(piece);
        PieceLength length = torrent.pieces().lengthOf(index);
        var keccak = new PieceHash(Bytes32.repeat((byte) 0x11));
        var receipt =
                new Eip191Receipt(torrent.infoHash(), seller.key(), buyer.key(), index, length, keccak, timestamp);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("infohash", torrent.infoHash().hex());
        object.put("sender", seller.key().address().checksummed());
        object.put("receiver", buyer.key().address().checksummed());
        object.put("pieceHash", "0x" + keccak.hex());
        object.put("pieceIndex", piece);
        object.put("pieceSize", length.bytes());
        object.put("timestamp", timestamp);
        object.put("signature", buyer.secret().signPersonal(receipt.digest()).toHexString());
        return object;
    }

    /** Our own form under the AI-agent variant's names. */
    public static Map<String, Object> variantOfVersion2(
            WalletPeer seller, WalletPeer buyer, Hashed torrent, int piece) {
        ReceiptV2 receipt = statement(seller.key(), buyer.key(), torrent, piece);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("version", 2);
        object.put("infohash", torrent.infoHash().hex());
        object.put("sender", seller.key().address().checksummed());
        object.put("receiver", buyer.key().address().checksummed());
        object.put("pieceHash", "0x" + receipt.pieceHash().hex());
        object.put("pieceIndex", piece);
        object.put("pieceSize", receipt.length().bytes());
        object.put("timestamp", receipt.timestamp());
        object.put("signature", buyer.secret().signPersonal(receipt.digest()).toHexString());
        return object;
    }

    /** What is signed in the original form: nothing of the receiver. */
    public Bytes originalMessage() {
        return originalReceipt().signedBytes();
    }

    private Receipt originalReceipt() {
        return new LegacyHttpReceipt(
                torrent.infoHash(), sender.key(), receiver.key(), new PieceIndex(index), pieceHash, timestamp);
    }

    private Map<String, Object> object(Receipt receipt) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("receiver_public_key", base64(receiver.key().bytes()));
        object.put("sender_pk", base64(sender.key().bytes()));
        object.put("piece_hash", pieceHash.hex());
        object.put("piece_index", index);
        object.put("infohash", torrent.infoHash().hex());
        object.put("timestamp", timestamp);
        object.put("signature", base64(receiver.sign(receipt)));
        object.put("piece_size", length);
        return object;
    }

    public static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
