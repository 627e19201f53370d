package io.pbts.protocol.epoch;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.epoch.EpochReader.Located;
import io.pbts.protocol.merkle.EpochRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Epochs that independent code made: every kind of receipt in every form. */
public final class GoldenEpoch {
    private GoldenEpoch() {}

    /** Settled in one transaction. */
    public static JsonNode whole() {
        return Vectors.read("epochs.json").required("whole");
    }

    /** The same receipts, settled in two. */
    public static JsonNode inParts() {
        return Vectors.read("epochs.json").required("in_parts");
    }

    public static byte[] file(JsonNode epoch) {
        return Vectors.bytes(epoch, "file").toArray();
    }

    /** What the contract has, part by part. */
    public static List<EpochRoot> roots(JsonNode epoch) {
        return Vectors.list(epoch.required("parts")).stream()
                .map(part -> EpochRoot.fromHex(Vectors.text(part, "root")))
                .toList();
    }

    public static List<Located> records(byte[] file) {
        List<Located> records = new ArrayList<>();
        try (EpochReader reader = new EpochReader(new ByteArrayInputStream(file))) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                records.add(next.get());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return records;
    }
}
