package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.LocalTracker;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nothing that anybody can post is our fault: no mutated request is answered with a 5xx. The seed is fixed. */
class MalformedReportTest extends LocalTracker {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<Object> VALUES = new ArrayList<>(List.of(
            "",
            "x",
            "\u0000",
            "\ud83d\ude00",
            0,
            -1,
            1.5,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            1e300,
            true,
            List.of(),
            Map.of(),
            List.of(1, "a"),
            "A".repeat(128),
            "0".repeat(40),
            "f".repeat(64)));

    @Test
    void answersEveryMutatedFieldOfAReportWithoutAFault() {
        Random random = new Random(20251120);
        Peer caller = sender;
        for (int round = 0; round < 400; round++) {
            if (round % 30 == 0) { // before the limit of bad signatures makes it pointless
                caller = NEIGHBOURS.add(WORLD.peer(World.GIB));
            }
            Map<String, Object> receipt = random.nextBoolean()
                    ? draft(round % 300).v2()
                    : draft(round % 300).original();
            List<String> names = List.copyOf(receipt.keySet());
            for (int i = random.nextInt(3); i >= 0; i--) {
                String field = random.nextInt(8) == 0 ? "domain" : names.get(random.nextInt(names.size()));
                receipt.put(field, VALUES.get(random.nextInt(VALUES.size())));
            }
            Object other = random.nextBoolean() ? receipt : VALUES.get(random.nextInt(VALUES.size()));
            Reply reply = report(caller, receipt, other);
            assertThat(reply.status()).as(JSON.writeValueAsString(receipt)).isEqualTo(200);
            assertThat(reply.codes()).hasSize(2);
        }
    }

    @Test
    void answersMutatedBytesOnEveryRouteWithoutAFault() {
        Random random = new Random(4711);
        List<String> routes = List.of("/report", "/verify-receipt", "/attest", "/config", "/verify-attestation");
        byte[] good = JSON.writeValueAsBytes(
                Map.of("user_id", sender.name(), "receipts", List.of(draft(0).v2()), "receipt_window", 3600));
        for (int round = 0; round < 600; round++) {
            byte[] body = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(5) == 0) {
                body = java.util.Arrays.copyOf(body, random.nextInt(body.length));
            }
            String route = routes.get(random.nextInt(routes.size()));
            Reply reply = http.postBytes(route, body, "Content-Type", "application/json");
            boolean documented = reply.status() < 500 || (route.equals("/verify-attestation") && reply.status() == 503);
            assertThat(documented)
                    .as("%s %d %s", route, reply.status(), new String(body, StandardCharsets.ISO_8859_1))
                    .isTrue();
            assertThat(readable(reply)).as(reply.text()).isTrue();
        }
        http.post("/config", Map.of("receipt_window", 3600));
    }

    @Test
    void answersAbsurdJsonWithoutAFault() {
        for (String body : List.of(
                "[".repeat(5000),
                "{\"user_id\":".repeat(200) + "1" + "}".repeat(200),
                "{\"user_id\": " + "9".repeat(5000) + "}",
                "{\"user_id\": 1e99999999999}",
                "{\"uploaded_delta\": 1e999999999, \"user_id\": \"a\"}",
                "{\"user_id\": \"a\", \"user_id\": \"b\"}",
                "{\"user_id\": \"\\ud800\"}",
                "{} {}",
                "null",
                "NaN",
                "\ufeff{}",
                "{\"" + "k".repeat(3000) + "\": 1}")) {
            Reply reply = http.postText("/report", body, "Content-Type", "application/json");
            assertThat(reply.status())
                    .as(body.substring(0, Math.min(60, body.length())))
                    .isBetween(400, 499);
            assertThat(readable(reply)).isTrue();
        }
    }

    private static boolean readable(Reply reply) {
        JsonNode json = JSON.readTree(reply.text());
        return json.path("success").isBoolean();
    }
}
