package io.pbts.protocol.evidence;

import java.util.Arrays;
import java.util.Optional;

/** How a receipt may be signed. The name is for bodies and answers, the number for binary reports and rows: both final. */
public enum SignatureForm {
    /** By the receiver's key, over this receipt alone. */
    SINGLE(1, "single"),
    /** By a wallet that showed the receipt as typed data (EIP-712): {@link TypedReceipt}. */
    TYPED(2, "typed"),
    /** By one BLS signature for all receipts of a report that have none of their own. */
    AGGREGATE(3, "aggregate"),
    /** By one signature over the root of many receipts: {@link BatchStatement}. */
    BATCH(4, "batch"),
    /** By a key that the receiver certified for a session: {@link SessionCertificate}. */
    SESSION(5, "session");

    private final int number;
    private final String wireName;

    SignatureForm(int number, String wireName) {
        this.number = number;
        this.wireName = wireName;
    }

    public int number() {
        return number;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<SignatureForm> ofNumber(int number) {
        return Arrays.stream(values()).filter(form -> form.number == number).findFirst();
    }

    public static Optional<SignatureForm> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(form -> form.wireName.equals(name))
                .findFirst();
    }
}
