package io.pbts.receipt.policy;

import io.pbts.protocol.receipt.Bep10Receipt;
import io.pbts.protocol.receipt.ReceiptKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Which kinds of receipts count, and for how long. Verification itself has no switch. */
@Component
public class AcceptancePolicy {
    /** Bounds of what {@code POST /config} may set. */
    public static final long MAX_RECEIPT_WINDOW = Duration.ofDays(7).toSeconds();

    private final List<ReceiptKind> kinds;
    private final AcceptanceWindow window;
    private final AcceptanceWindow variantWindow;
    private final long clockSkew;
    private volatile long receiptWindow;

    public AcceptancePolicy(ReceiptProperties properties) {
        this.kinds = Stream.concat(Stream.of(ReceiptKind.V2_BLS, ReceiptKind.V2_SECP256K1), enabled(properties))
                .toList();
        this.variantWindow = new AcceptanceWindow(
                properties.variantWindow().toSeconds(), properties.clockSkew().toSeconds());
        this.clockSkew = properties.clockSkew().toSeconds();
        this.window = new AcceptanceWindow(properties.validFor().toSeconds(), clockSkew);
        this.receiptWindow = properties.receiptWindow().toSeconds();
    }

    private static Stream<ReceiptKind> enabled(ReceiptProperties properties) {
        Map<ReceiptKind, Boolean> unbound = new EnumMap<>(ReceiptKind.class);
        unbound.put(ReceiptKind.HTTP_V1, properties.httpV1());
        unbound.put(ReceiptKind.BEP10_V1, properties.bep10V1());
        unbound.put(ReceiptKind.EIP191_V1, properties.eip191V1());
        return unbound.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey);
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
            // Its time is the last second of its epoch, which may lie an hour ahead.
            case BEP10_V1 -> new AcceptanceWindow(receiptWindow, clockSkew + Bep10Receipt.EPOCH_SECONDS - 1);
            case EIP191_V1 -> variantWindow;
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
