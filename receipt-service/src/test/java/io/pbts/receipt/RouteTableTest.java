package io.pbts.receipt;

import io.pbts.receipt.testing.Neighbours;
import io.pbts.receipt.testing.World;
import io.pbts.support.route.RouteInventory;
import io.pbts.support.testing.RouteDocument;
import io.pbts.support.testing.TestKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RouteTableTest {
    @Test
    void isWhatTheDocumentSays() {
        World world = World.create();
        try (var neighbours = new Neighbours()) {
            RouteDocument.of("receipt")
                    .requireRoutes(Map.of(
                            "local", routes("local", world, neighbours),
                            "production", routes("production", world, neighbours)));
        }
    }

    private static JsonNode routes(String profile, World world, Neighbours neighbours) {
        List<String> settings = new ArrayList<>(
                List.of("--server.port=0", "--pbts.secrets-dir=" + TestKeys.secretsFor("receipt", World.secrets())));
        world.postgres().register((name, value) -> settings.add("--%s=%s".formatted(name, value.get())));
        neighbours.register((name, value) -> settings.add("--%s=%s".formatted(name, value.get())));
        try (var running = new SpringApplicationBuilder(ReceiptServiceApplication.class)
                .profiles(profile)
                .run(settings.toArray(String[]::new))) {
            return JsonMapper.shared()
                    .valueToTree(running.getBean(RouteInventory.class).routes());
        }
    }
}
