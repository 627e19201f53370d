package io.pbts.receipt.policy;

import io.pbts.protocol.receipt.ReceiptKind;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Which kinds of receipts count, and for how long. Verification itself has no switch. */
@Component
public class AcceptancePolicy {
    /** Bounds of what {@code POST /config} may set. */
    public static final long MAX_RECEIPT_WINDOW = Duration.ofDays(7).toSeconds();

    private final List<ReceiptKind> kinds;
    private final AcceptanceWindow window;
    private final long clockSkew;
    private volatile long receiptWindow;

    public AcceptancePolicy(ReceiptProperties properties) {
        this.kinds =
                properties.httpV1() ? List.of(ReceiptKind.V2_BLS, ReceiptKind.HTTP_V1) : List.of(ReceiptKind.V2_BLS);
        this.clockSkew = properties.clockSkew().toSeconds();
        this.window = new AcceptanceWindow(properties.validFor().toSeconds(), clockSkew);
        this.receiptWindow = properties.receiptWindow().toSeconds();
    }

    public List<ReceiptKind> kinds() {
        return kinds;
    }

    public boolean accepts(ReceiptKind kind) {
        return kinds.contains(kind);
    }

    public AcceptanceWindow windowOf(ReceiptKind kind) {
        return switch (kind) {
            case V2_BLS, V2_SECP256K1 -> window;
            case HTTP_V1 -> new AcceptanceWindow(receiptWindow, clockSkew);
        };
    }

    /** How old an original receipt may be, in seconds. */
    public long receiptWindow() {
        return receiptWindow;
    }

    /** Changes the window of the originals' kinds until the next start. */
    public void setReceiptWindow(long seconds) {
        if (seconds < 1 || seconds > MAX_RECEIPT_WINDOW) {
            throw new IllegalArgumentException("not a receipt window: " + seconds);
        }
        receiptWindow = seconds;
    }
}
