package io.pbts.receipt.crash;

import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Peer;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A receipt, signed once however often it is sent. How receipts are signed and become a report is here and nowhere else in
 * this package.
 *
 * @param json as a report carries it
 * @param bytes what it is worth
 */
record SignedReceipt(String json, long bytes) {
    private static final JsonMapper JSON = new JsonMapper();

    static SignedReceipt of(Draft draft) {
        return new SignedReceipt(JSON.writeValueAsString(draft.v2()), draft.length());
    }

    static String report(Peer caller, List<SignedReceipt> receipts) {
        return receipts.stream()
                .map(SignedReceipt::json)
                .collect(Collectors.joining(",", "{\"user_id\":\"%s\",\"receipts\":[".formatted(caller.name()), "]}"));
    }
}
