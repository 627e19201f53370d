package io.pbts.receipt.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.Http;
import io.pbts.receipt.testing.ProductionTracker;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every route in production with every kind of caller, over the socket. Written by hand: the rules are not asked what they are. */
class RouteRulesTest extends ProductionTracker {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "POST /report;passkey session api-key",
                "POST /verify-receipt;passkey session api-key",
                "GET /config;passkey session api-key scopeless anonymous admin gateway announce reputation contract",
                "GET /tee/status;passkey session api-key scopeless anonymous admin gateway announce reputation contract",
                "POST /generate-attestation;passkey session api-key scopeless anonymous admin gateway announce reputation contract",
                "POST /verify-attestation;passkey session api-key scopeless anonymous admin gateway announce reputation contract",
                "GET /internal/v1/credits;contract",
                "GET /internal/v1/limits;reputation",
                "GET /internal/v1/health;gateway",
                "GET /internal/v1/routes;gateway",
                "GET /v3/api-docs;gateway"
            })
    void admitsWhomItShouldAndNobodyElse(String route, String expected) {
        String[] parts = route.split(" ", -1);
        var admitted = new TreeSet<String>();
        callers().forEach((name, caller) -> {
            String[] headers = name.equals("passkey")
                    ? new String[] {"X-PBTS-Passkey", sender.passkey().value()}
                    : new String[0];
            int status = parts[0].equals("GET")
                    ? caller.get(parts[1]).status()
                    : caller.post(parts[1], Map.of(), headers).status();
            assertThat(status).as("%s by %s", route, name).isIn(200, 400, 401, 403);
            if (status != 401 && status != 403) {
                admitted.add(name);
            }
        });
        assertThat(admitted).isEqualTo(new TreeSet<>(Set.of(expected.split(" ", -1))));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /report",
        "POST, /report",
        "POST, /verify-receipt",
        "GET, /config",
        "POST, /config",
        "POST, /keygen",
        "POST, /keygen-tee",
        "GET, /tee/status",
        "GET, /internal/v1/credits",
        "GET, /internal/v1/limits",
        "GET, /internal/v1/routes",
        "GET, /v3/api-docs",
        "GET, /actuator",
        "GET, /actuator/health/../env",
        "GET, /actuator/health;x=/../../report",
        "GET, /error",
        "GET, /no/such/route"
    })
    void answersNothingWithoutAServiceToken(String method, String path) {
        for (String text : new String[] {
            "", "e30.e30.AAAA", TestKeys.token("gateway", "contract").text()
        }) {
            Http direct = http.asText(text);
            int status = method.equals("GET")
                    ? direct.get(path).status()
                    : direct.post(path, Map.of()).status();
            // What is no path at all the server refuses before anybody looks at tokens.
            assertThat(status).isIn(path.contains("..") ? Set.of(400, 401) : Set.of(401));
        }
    }

    @Test
    void tellsItsHealthToWhoeverReachesThePort() {
        assertThat(http.asText("").get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(http.asText("").get("/actuator/health/liveness").status()).isEqualTo(200);
    }

    @Test
    void believesOnlyTheGatewayAboutACaller() {
        for (String service : new String[] {"announce", "reputation", "contract", "receipt"}) {
            Http impostor = http.as(TestKeys.token(service, "receipt").asAccount(sender.id(), sender.name()));
            assertThat(impostor.post("/report", Map.of("user_id", sender.name()))
                            .status())
                    .as(service)
                    .isEqualTo(401);
        }
    }

    @Test
    void saysWhoItIsToEachNeighbourAndToThatOneOnly() {
        report(sender, draft(0).v2());
        http.get("/config");
        assertThat(NEIGHBOURS.audiences())
                .isSubsetOf(
                        "REPUTATION asked by receipt for reputation",
                        "ANNOUNCE asked by receipt for announce",
                        "CONTRACT asked by receipt for contract")
                .contains("REPUTATION asked by receipt for reputation");
    }

    private Map<String, Http> callers() {
        var callers = new LinkedHashMap<String, Http>();
        TestToken gateway = TestKeys.token("gateway", "receipt");
        callers.put("anonymous", http.asStranger());
        callers.put("passkey", http.asStranger());
        callers.put("session", http.as(gateway.asAccount(sender.id(), sender.name())));
        callers.put("api-key", http.as(gateway.asApiKey(sender.id(), sender.name(), "report")));
        callers.put("scopeless", http.as(gateway.asApiKey(sender.id(), sender.name(), "torrents")));
        callers.put("admin", http.as(gateway.asAdmin()));
        for (String service : new String[] {"gateway", "announce", "reputation", "contract"}) {
            callers.put(service, http.asService(service));
        }
        return callers;
    }
}
