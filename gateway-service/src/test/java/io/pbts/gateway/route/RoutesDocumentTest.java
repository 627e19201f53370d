package io.pbts.gateway.route;

import io.pbts.support.testing.RouteDocument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutesDocumentTest {

    @Test
    void saysEveryRouteInTheDocument() {
        List<List<String>> rows = new ArrayList<>();
        for (Entrance door : Entrance.values()) {
            for (PublicRoute route : RouteTable.routes(door)) {
                rows.add(List.of(
                        route.method().name(),
                        route.path().text(),
                        route.owner().label(),
                        door.name(),
                        route.exposure().name(),
                        route.traffic().label()));
            }
        }
        RouteDocument.of("gateway").requireTable(List.of("method", "path", "owner", "door", "exposure", "limit"), rows);
    }
}
