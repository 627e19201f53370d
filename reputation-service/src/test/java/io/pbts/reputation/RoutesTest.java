package io.pbts.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.support.testing.RouteDocument;
import io.pbts.support.testing.SpoiledToken;
import io.pbts.support.testing.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import tools.jackson.databind.JsonNode;

/** The route table in docs/routes.md, and that no route answers without a good token. */
class RoutesTest extends RunningService {

    @Test
    void theDocumentSaysWhatTheCodeSaysInBothProfiles() {
        JsonNode production = get("/internal/v1/routes").body();
        try (var context = SpringApplication.run(
                ReputationApplication.class,
                "--server.port=0",
                "--spring.profiles.active=local",
                "--pbts.sign-in.chain-id=31337",
                "--pbts.secrets-dir=" + secrets(),
                "--spring.datasource.url=" + DATABASE.url(),
                "--spring.datasource.hikari.maximum-pool-size=2",
                "--pbts.db.app-password=" + TestPostgres.PASSWORD,
                "--pbts.db.owner-password=" + TestPostgres.PASSWORD,
                "--pbts.passkey-key=" + PASSKEY_KEY)) {
            var service =
                    new ServiceClient(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            JsonNode local = service.get("/internal/v1/routes").body();
            RouteDocument.of("reputation").requireRoutes(Map.of("local", local, "production", production));
        }
    }

    @Test
    void noRouteAnswersWithoutAGoodToken() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            for (JsonNode route : get("/internal/v1/routes").body()) {
                String path = route.path("path").asString().replaceAll("\\{[^}]+}", "x");
                if (path.startsWith("/actuator/health")) {
                    continue;
                }
                String method = route.path("method").asString();
                var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + client().port() + path))
                        .method(method.equals("*") ? "GET" : method, HttpRequest.BodyPublishers.noBody());
                var bare = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
                assertThat(bare.statusCode()).as("%s %s", method, path).isEqualTo(401);
                for (SpoiledToken spoiled : SpoiledToken.matrix("reputation")) {
                    request.setHeader("X-PBTS-Service-Token", spoiled.text());
                    var refused = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
                    assertThat(refused.statusCode())
                            .as("%s %s, %s", method, path, spoiled.name())
                            .isEqualTo(401);
                }
            }
        }
    }
}
