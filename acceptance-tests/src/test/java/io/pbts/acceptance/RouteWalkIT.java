package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every route of the suite x every kind of caller x both profiles, by all doors: what {@code docs/routes.md} allows is let
 * in, everything else gets the documented refusal, and the document and the running services name the same routes.
 */
class RouteWalkIT {
    private static final List<String> SERVICES = List.of("announce", "receipt", "reputation", "contract");

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void theDocumentAndTheRunningServicesNameTheSameRoutes(String profile) {
        Stack stack = stack(profile);
        for (String service : SERVICES) {
            RouteComparison.requireSame(service, profile, RouteRow.of(service), routesOf(stack, service));
        }
    }

    @Test
    void aRouteInCodeWithoutARowAndARowWithoutARouteAreRed() {
        List<RouteRow> rows = RouteRow.of("receipt");
        List<JsonNode> live = routesOf(LocalStack.get(), "receipt");
        ObjectNode added = Stack.JSON.createObjectNode();
        added.put("method", "POST").put("path", "/mint");
        added.putArray("who").add("ANYONE");
        added.putArray("services");
        List<JsonNode> more = new ArrayList<>(live);
        more.add(added);
        assertThatThrownBy(() -> RouteComparison.requireSame("receipt", "local", rows, more))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("POST /mint");
        List<JsonNode> fewer = live.subList(1, live.size());
        assertThatThrownBy(() -> RouteComparison.requireSame("receipt", "local", rows, fewer))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(live.getFirst().path("path").asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void atAServicesOwnPortEachCallerGetsWhatTheTableSays(String profile) {
        var walk = new RouteWalk(stack(profile), profile);
        Map<String, String> wrong = new TreeMap<>();
        int asked = 0;
        for (String service : SERVICES) {
            asked += walk.direct(service, wrong);
        }
        System.out.printf("%s, directly: %d requests%n", profile, asked);
        requireNone(wrong);
        assertThat(asked).isGreaterThan(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void throughTheGatewaysDoorsEachCallerGetsWhatTheTableSays(String profile) {
        var walk = new RouteWalk(stack(profile), profile);
        Map<String, String> wrong = new TreeMap<>();
        int asked = walk.throughTheGateway("public", wrong) + walk.throughTheGateway("admin", wrong);
        System.out.printf("%s, through the gateway: %d requests%n", profile, asked);
        requireNone(wrong);
        assertThat(asked).isGreaterThan(300);
    }

    /** As lines: what a map prints of a hundred faults nobody reads. */
    private static void requireNone(Map<String, String> wrong) {
        List<String> lines = new ArrayList<>();
        wrong.forEach((asked, answer) -> lines.add(asked + ": " + answer));
        assertThat(String.join("\n", lines)).isEmpty();
    }

    private static Stack stack(String profile) {
        return profile.equals("local") ? LocalStack.get() : ProductionStack.get();
    }

    private static List<JsonNode> routesOf(Stack stack, String service) {
        var key = SigningKey.of(Part.of(stack, "gateway"));
        var direct = new Http(java.net.URI.create(
                "http://127.0.0.1:" + Part.of(stack, service).port()));
        JsonNode routes = direct.ask(
                        "GET",
                        "/internal/v1/routes",
                        Map.of(Jws.HEADER, Jws.service(key, service).text()),
                        null)
                .expect(200)
                .json();
        List<JsonNode> list = new ArrayList<>();
        routes.forEach(list::add);
        return list;
    }
}
