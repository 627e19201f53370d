package io.pbts.protocol.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.epoch.EpochRow;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.HashKind;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** The fields of a receipt, from the bytes that were signed. */
record SignedBytes(ReceiptKind kind, Bytes bytes) {
    static final int DOMAIN = 14;
    static final int PLACE = 46;
    static final int SENDER = 79;
    static final int RECEIVER = 128;
    static final int TIME = 217;
    static final int KEY = 49;

    private static final Bytes TAG = Bytes.concatenate(Bytes.wrap("PBTS-RECEIPT".getBytes(US_ASCII)), Bytes.of(2));
    private static final int V2_INDEX = 177;
    private static final int V2_LENGTH = 181;
    private static final int V2_HASH = 185;
    private static final int VARIANT_SIZE = 200;
    private static final int VARIANT_RECEIVER = 52;
    private static final int VARIANT_INDEX = 132;
    private static final int VARIANT_LENGTH = 164;
    private static final int LEGACY_SHORT = 100;
    private static final int LEGACY_LONG = 112;
    private static final int LEGACY_TAIL = 12;

    /** What these bytes say otherwise than the row. */
    Optional<String> contradiction(EpochRow row) {
        if (!isOfKind()) {
            return Optional.of("are no receipt of the kind " + kind.wireName());
        }
        long index = bytes.slice(indexOffset(), 4).toLong();
        if (index != row.index().value()) {
            return Optional.of("are for piece %d, the row is for %d"
                    .formatted(index, row.index().value()));
        }
        Optional<Long> length = lengthOffset().map(at -> bytes.slice(at, 4).toLong());
        return length.filter(signed -> signed != row.bytes())
                .map(signed -> "are for %d bytes, the row is for %d".formatted(signed, row.bytes()));
    }

    private boolean isOfKind() {
        return switch (kind) {
            case V2_BLS, V2_SECP256K1 ->
                bytes.size() == ReceiptV2.SIGNED_SIZE
                        && bytes.slice(0, TAG.size()).equals(TAG)
                        && bytes.get(TAG.size()) == kind.number()
                        && bytes.get(RECEIVER) == kind.number();
            case HTTP_V1, BEP10_V1 -> bytes.size() == LEGACY_SHORT || bytes.size() == LEGACY_LONG;
            case EIP191_V1 -> bytes.size() == VARIANT_SIZE;
        };
    }

    private int indexOffset() {
        return switch (kind) {
            case V2_BLS, V2_SECP256K1 -> V2_INDEX;
            case HTTP_V1, BEP10_V1 -> bytes.size() - LEGACY_TAIL;
            case EIP191_V1 -> VARIANT_INDEX;
        };
    }

    private Optional<Integer> lengthOffset() {
        return switch (kind) {
            case V2_BLS, V2_SECP256K1 -> Optional.of(V2_LENGTH);
            case HTTP_V1, BEP10_V1 -> Optional.empty();
            case EIP191_V1 -> Optional.of(VARIANT_LENGTH);
        };
    }

    /** Whose signature makes it a receipt; empty when the bytes do not say. */
    Optional<AccountKey> receiver() {
        return switch (kind) {
            case V2_BLS, V2_SECP256K1 -> Optional.of(key(RECEIVER));
            case EIP191_V1 ->
                Optional.of(AccountKey.of(
                        AccountKey.Kind.ADDRESS, bytes.slice(VARIANT_RECEIVER, AccountKey.Kind.ADDRESS.size())));
            case HTTP_V1, BEP10_V1 -> Optional.empty();
        };
    }

    ReceiptDomain domain() {
        return new ReceiptDomain(Bytes32.wrap(bytes.slice(DOMAIN, Bytes32.SIZE)));
    }

    long time() {
        return bytes.getLong(TIME);
    }

    /**
     * A receipt v2 field by field.
     *
     * @throws IllegalArgumentException when it is none
     */
    ReceiptV2 v2() {
        HashKind hashes = bytes.get(PLACE) == HashKind.V1.number() ? HashKind.V1 : HashKind.V2;
        var receipt = new ReceiptV2(
                domain(),
                new InfoHash(tail(PLACE + 1, Bytes32.SIZE, hashes.size())),
                key(SENDER),
                key(RECEIVER),
                new PieceIndex(bytes.slice(V2_INDEX, 4).toLong()),
                new PieceLength(bytes.slice(V2_LENGTH, 4).toLong()),
                new PieceHash(tail(V2_HASH, Bytes32.SIZE, hashes.size())),
                time());
        if (!receipt.signedBytes().equals(bytes)) {
            throw new IllegalArgumentException("not the one spelling of a receipt");
        }
        return receipt;
    }

    private AccountKey key(int at) {
        AccountKey.Kind kindOfKey =
                bytes.get(at) == AccountKey.Kind.BLS.number() ? AccountKey.Kind.BLS : AccountKey.Kind.ADDRESS;
        return AccountKey.of(kindOfKey, tail(at + 1, KEY - 1, kindOfKey.size()));
    }

    private Bytes tail(int at, int width, int size) {
        return bytes.slice(at + width - size, size);
    }
}
