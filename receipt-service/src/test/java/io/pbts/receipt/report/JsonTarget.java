package io.pbts.receipt.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.testing.FuzzTarget;
import io.pbts.receipt.wire.JsonFields;
import io.pbts.support.Refusal;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The readers of reports in JSON. Each may refuse, with a status of the client's, and nothing else. */
enum JsonTarget implements FuzzTarget {
    V1_BODY {
        @Override
        void read(JsonNode body) {
            V1Body.read(body, MAX_RECEIPTS);
        }

        @Override
        public List<byte[]> examples() {
            return Vectors.cases("reports-binary.json", "cases").stream()
                    .map(vector -> bytes(vector.required("report")))
                    .toList();
        }
    },
    SEEDS_BODY {
        @Override
        void read(JsonNode body) {
            ReportBody.read(JsonFields.of(body, "The body"), MAX_RECEIPTS);
        }

        @Override
        public List<byte[]> examples() {
            return Stream.of("bep10_v1", "eip191_v1")
                    .flatMap(list -> Vectors.cases("receipts-legacy.json", list).stream())
                    .map(vector -> ("{\"user_id\":\"alice\",\"uploaded_delta\":1,\"receipts\":["
                                    + vector.required("report_object") + "]}")
                            .getBytes(UTF_8))
                    .toList();
        }
    },
    VARIANTS_ITEM {
        @Override
        void read(JsonNode body) {
            VariantItem.read(JsonFields.of(body, "The body"));
        }

        @Override
        public List<byte[]> examples() {
            return Vectors.cases("receipts-legacy.json", "eip191_v1").stream()
                    .map(vector -> bytes(vector.required("report_object")))
                    .toList();
        }
    };

    private static final int MAX_RECEIPTS = 256;
    private static final ObjectMapper JSON = new ObjectMapper();

    abstract void read(JsonNode body);

    @Override
    public void read(byte[] input) {
        JsonNode body;
        try {
            body = JSON.readTree(input);
        } catch (JacksonException _) {
            return;
        }
        try {
            read(body);
        } catch (Refusal refusal) {
            if (refusal.status() < 400 || refusal.status() > 499) {
                throw new AssertionError("no fault of the client's", refusal);
            }
        }
    }

    private static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(UTF_8);
    }
}
