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

/** The epoch that independent code made: every kind of receipt in every form. */
public final class GoldenEpoch {
    private GoldenEpoch() {}

    public static JsonNode vector() {
        return Vectors.read("epochs.json");
    }

    public static byte[] file() {
        return Vectors.bytes(vector(), "file").toArray();
    }

    public static EpochRoot root() {
        return EpochRoot.fromHex(Vectors.text(vector(), "root"));
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
