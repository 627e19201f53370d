package io.pbts.benchmarks.suite;

import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.ReceiptDomain;
import java.io.IOException;

/** What the tracker under measurement says of itself. */
public record Tracker(Gateway gateway, InstanceId instance, ReceiptDomain domain) {
    public static Tracker at(Gateway gateway) throws IOException, InterruptedException {
        var facts = gateway.get("/api/v1/instance");
        return new Tracker(
                gateway,
                InstanceId.fromHex(facts.path("instance_id").asString()),
                ReceiptDomain.fromHex(facts.path("domain").asString().replaceFirst("^0x", "")));
    }
}
