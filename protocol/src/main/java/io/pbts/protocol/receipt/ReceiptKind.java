package io.pbts.protocol.receipt;

import io.pbts.protocol.account.AccountKey;
import java.util.Arrays;
import java.util.Optional;

/** The forms of receipt a tracker may take. The name is for settings and answers, the number for row hashes: both final. */
public enum ReceiptKind {
    /** {@link ReceiptV2}, receiver with a BLS key. */
    V2_BLS(1, "v2-bls"),
    /** {@link ReceiptV2}, receiver with a wallet. */
    V2_SECP256K1(2, "v2-secp256k1"),
    /** {@link LegacyHttpReceipt}. */
    HTTP_V1(3, "http-v1"),
    /** {@link Bep10Receipt}. */
    BEP10_V1(4, "bep10-v1"),
    /** {@link Eip191Receipt}. */
    EIP191_V1(5, "eip191-v1");

    private final int number;
    private final String wireName;

    ReceiptKind(int number, String wireName) {
        this.number = number;
        this.wireName = wireName;
    }

    public int number() {
        return number;
    }

    /** Whether its signed bytes name an instance and a chain: the originals' kinds do not. */
    public boolean isBound() {
        return switch (this) {
            case V2_BLS, V2_SECP256K1 -> true;
            case HTTP_V1, BEP10_V1, EIP191_V1 -> false;
        };
    }

    public String wireName() {
        return wireName;
    }

    /** The kind of a {@link ReceiptV2}, which its receiver's key decides. */
    public static ReceiptKind v2(AccountKey receiver) {
        return switch (receiver.kind()) {
            case BLS -> V2_BLS;
            case ADDRESS -> V2_SECP256K1;
        };
    }

    public static Optional<ReceiptKind> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(name))
                .findFirst();
    }
}
