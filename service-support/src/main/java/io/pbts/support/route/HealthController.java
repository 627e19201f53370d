package io.pbts.support.route;

import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The service's health where its callers reach it: the actuator may have a port of its own, which they do not. */
@RestController
@Allow(value = Who.SERVICE, services = "gateway")
@Hidden
class HealthController {
    private static final int UNAVAILABLE = 503;

    private final HealthEndpoint health;

    HealthController(HealthEndpoint health) {
        this.health = health;
    }

    /** 200 without a body when it is well, else 503. */
    @GetMapping("/internal/v1/health")
    ResponseEntity<Void> health() {
        boolean up = health.health().getStatus().equals(Status.UP);
        return up
                ? ResponseEntity.ok().build()
                : ResponseEntity.status(UNAVAILABLE).build();
    }
}
