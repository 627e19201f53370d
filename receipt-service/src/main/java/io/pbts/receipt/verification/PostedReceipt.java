package io.pbts.receipt.verification;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * A receipt as somebody posted it: readable, and otherwise not yet believed. Numbers are as sent, in range or not.
 *
 * @param pieceSize in bytes; signed in our own form, only a claim in the original one
 * @param timestamp seconds since 1970
 * @param statedDomain where it was signed for, if the sender says so
 */
public record PostedReceipt(
        ReceiptKind kind,
        InfoHash infoHash,
        AccountKey sender,
        AccountKey.Bls receiver,
        long pieceIndex,
        Optional<Long> pieceSize,
        PieceHash pieceHash,
        long timestamp,
        Bytes signature,
        Optional<ReceiptDomain> statedDomain) {}
