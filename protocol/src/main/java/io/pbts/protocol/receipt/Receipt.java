package io.pbts.protocol.receipt;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import org.apache.tuweni.bytes.Bytes;

/** What a receiver states about one piece it got from one sender. The signature travels beside it. */
public sealed interface Receipt permits ReceiptV2, LegacyHttpReceipt, Bep10Receipt, Eip191Receipt {

    ReceiptKind kind();

    InfoHash infoHash();

    AccountKey sender();

    /** Whose signature over {@link #signedBytes()} makes this a receipt; the old form does not name it in its bytes. */
    AccountKey receiver();

    PieceIndex index();

    PieceHash pieceHash();

    /** When it was signed, by the receiver's clock: seconds since 1970. */
    long timestamp();

    /** Exactly the bytes that are signed. */
    Bytes signedBytes();
}
