package io.pbts.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.tuweni.bytes.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Vectors that implementations with no code of ours made: see {@code src/test/vectors}. */
public final class Vectors {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Vectors() {}

    public static JsonNode read(String file) {
        return JSON.readTree(resource("/vectors/" + file));
    }

    public static List<JsonNode> cases(String file, String field) {
        return list(read(file).required(field));
    }

    public static List<JsonNode> list(JsonNode array) {
        List<JsonNode> items = StreamSupport.stream(array.spliterator(), false).toList();
        if (items.isEmpty()) {
            throw new IllegalStateException("no vectors: such a test proves nothing");
        }
        return items;
    }

    public static Bytes bytes(JsonNode node, String field) {
        return Bytes.fromHexString(text(node, field));
    }

    public static String text(JsonNode node, String field) {
        return node.required(field).asString();
    }

    public static long number(JsonNode node, String field) {
        return node.required(field).asLong();
    }

    public static byte[] resource(String path) {
        try (InputStream in = Vectors.class.getResourceAsStream(path)) {
            return Optional.ofNullable(in)
                    .orElseThrow(() -> new IllegalStateException("no resource " + path))
                    .readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        }
    }
}
