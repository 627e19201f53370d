package io.pbts.protocol;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A file of Project Wycheproof's vectors: see {@code SOURCES.md} beside them. */
public record Wycheproof(JsonNode file) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static Wycheproof read(String name) {
        return new Wycheproof(JSON.readTree(Vectors.resource("/wycheproof/" + name)));
    }

    /** Every case of the original file, in its order, those that were left out too. */
    public List<JsonNode> tests() {
        List<JsonNode> tests = Vectors.list(file.required("tests"));
        for (int i = 0; i < tests.size(); i++) {
            if (Vectors.number(tests.get(i), "tcId") != i + 1) {
                throw new IllegalStateException("case " + (i + 1) + " is missing");
            }
        }
        return tests;
    }

    /** How many cases the original file says it has. */
    public int size() {
        return file.required("numberOfTests").asInt();
    }

    public static boolean isValid(JsonNode test) {
        return Vectors.text(test, "result").equals("valid");
    }

    /** Whether only the case's name and the reason why it is not here are here. */
    public static boolean isLeftOut(JsonNode test) {
        return test.has("left_out");
    }
}
