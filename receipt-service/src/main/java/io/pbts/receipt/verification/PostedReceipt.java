package io.pbts.receipt.verification;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.receipt.Bep10Receipt;
import io.pbts.protocol.receipt.Eip191Receipt;
import io.pbts.protocol.receipt.LegacyHttpReceipt;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.util.Optional;

/**
 * A receipt as somebody posted it: readable, and otherwise not yet believed. Numbers are as sent, in range or not.
 *
 * @param pieceSize in bytes; signed in most kinds, only a claim in {@code http-v1} and {@code bep10-v1}
 * @param timestamp seconds since 1970; of {@code bep10-v1} the last second of its epoch
 * @param statedDomain where it was signed for, if the sender says so
 */
public record PostedReceipt(
        ReceiptKind kind,
        InfoHash infoHash,
        AccountKey sender,
        AccountKey receiver,
        long pieceIndex,
        Optional<Long> pieceSize,
        PieceHash pieceHash,
        long timestamp,
        Proof proof,
        Optional<ReceiptDomain> statedDomain)
        implements PostedItem {

    /** The same, said to be signed for that domain. */
    PostedReceipt signedFor(ReceiptDomain domain) {
        return new PostedReceipt(
                kind,
                infoHash,
                sender,
                receiver,
                pieceIndex,
                pieceSize,
                pieceHash,
                timestamp,
                proof,
                Optional.of(domain));
    }

    /**
     * What its receiver must have signed. Empty when nobody can have signed that: a number out of range, a key or hash that
     * the kind has no place for.
     *
     * @param domain this tracker's, which only receipts v2 need; one that was signed for another says something else
     */
    public Optional<Receipt> statement(Optional<ReceiptDomain> domain) {
        try {
            return Optional.of(build(domain));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }

    private Receipt build(Optional<ReceiptDomain> domain) {
        var index = new PieceIndex(pieceIndex);
        return switch (kind) {
            case V2_BLS, V2_SECP256K1 ->
                new ReceiptV2(domain.orElseThrow(), infoHash, sender, receiver, index, length(), pieceHash, timestamp);
            case HTTP_V1 -> new LegacyHttpReceipt(infoHash, bls(sender), bls(receiver), index, pieceHash, timestamp);
            case BEP10_V1 ->
                new Bep10Receipt(
                        infoHash,
                        bls(sender),
                        bls(receiver),
                        index,
                        pieceHash,
                        Math.floorDiv(timestamp, Bep10Receipt.EPOCH_SECONDS));
            case EIP191_V1 ->
                new Eip191Receipt(infoHash, wallet(sender), wallet(receiver), index, length(), pieceHash, timestamp);
        };
    }

    private PieceLength length() {
        return new PieceLength(pieceSize.orElseThrow(() -> new IllegalArgumentException("the length is signed")));
    }

    private static AccountKey.Bls bls(AccountKey key) {
        if (key instanceof AccountKey.Bls bls) {
            return bls;
        }
        throw new IllegalArgumentException("an original receipt names BLS keys");
    }

    private static AccountKey.Wallet wallet(AccountKey key) {
        if (key instanceof AccountKey.Wallet wallet) {
            return wallet;
        }
        throw new IllegalArgumentException("the variant's receipt names wallets");
    }
}
