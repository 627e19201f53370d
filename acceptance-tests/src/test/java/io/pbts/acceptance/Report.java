package io.pbts.acceptance;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a report was answered. */
record Report(JsonNode answer) {

    static Report of(Http.Answer answer) {
        return new Report(answer.expect(200).json());
    }

    List<String> codes() {
        List<String> codes = new ArrayList<>();
        answer.path("results").forEach(result -> codes.add(result.path("code").asString()));
        return codes;
    }

    long credited() {
        return answer.path("verified_receipts").asLong(-1);
    }

    static long now() {
        return Clock.systemUTC().instant().getEpochSecond();
    }
}
