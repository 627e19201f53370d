package io.pbts.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.testing.TrackerFixture;
import io.pbts.support.testing.RouteDocument;
import io.pbts.support.testing.SpoiledToken;
import io.pbts.support.testing.TestKeys;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who may use the control port, as docs/routes.md says. */
class RoutesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void isWhatTheDocumentSaysInBothProfiles() throws Exception {
        Map<String, JsonNode> byProfile = new LinkedHashMap<>();
        for (String profile : new String[] {"local", "production"}) {
            try (var tracker = new TrackerFixture(profile)) {
                HttpResponse<String> answer = tracker.read("/internal/v1/routes");
                assertThat(answer.statusCode()).isEqualTo(200);
                byProfile.put(profile, JSON.readTree(answer.body()));
                refusesEverySpoiledToken(tracker);
            }
        }
        RouteDocument.of("announce").requireRoutes(byProfile);
    }

    private static void refusesEverySpoiledToken(TrackerFixture tracker) throws Exception {
        for (SpoiledToken spoiled : SpoiledToken.matrix("announce")) {
            HttpResponse<String> answer = tracker.readWith(spoiled.text(), "/internal/v1/swarms");
            assertThat(answer.statusCode()).as(spoiled.name()).isEqualTo(401);
            assertThat(JSON.readTree(answer.body()).get("code").asString())
                    .as(spoiled.name())
                    .isEqualTo(spoiled.code());
        }
        String ofNobody = TestKeys.token("contract", "announce").text();
        assertThat(tracker.readWith(ofNobody, "/internal/v1/swarms").statusCode())
                .isEqualTo(403);
    }
}
