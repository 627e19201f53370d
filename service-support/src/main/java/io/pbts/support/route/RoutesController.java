package io.pbts.support.route;

import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The service's own route table, for the gateway and for the test that walks it. */
@RestController
@Allow(value = Who.SERVICE, services = "gateway")
@Hidden
class RoutesController {
    private final RouteInventory inventory;

    RoutesController(RouteInventory inventory) {
        this.inventory = inventory;
    }

    @GetMapping("/internal/v1/routes")
    List<RouteInventory.Route> routes() {
        return inventory.routes();
    }
}
