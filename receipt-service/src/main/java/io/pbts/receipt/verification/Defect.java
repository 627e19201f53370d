package io.pbts.receipt.verification;

import java.util.Locale;

/** Why a receipt earns nothing. The wire name is the stable {@code code} of the receipt's result. */
public enum Defect {
    /** Not what the documents describe: base64, hexadecimal, a length, a type. */
    BAD_ENCODING,
    /** Receipts of this form do not count here. */
    KIND_DISABLED,
    UNKNOWN_SENDER,
    UNKNOWN_RECEIVER,
    /** Sender and receiver are one account, whatever its keys. */
    SELF_TRANSFER,
    STALE,
    FUTURE,
    /** Signed for another instance or chain, by its own word. */
    WRONG_DOMAIN,
    UNKNOWN_TORRENT,
    TORRENT_DISABLED,
    BAD_INDEX,
    BAD_LENGTH,
    BAD_PIECE_HASH,
    BAD_SIGNATURE;

    /** Lower case, with dashes. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
