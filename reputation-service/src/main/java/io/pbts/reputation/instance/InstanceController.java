package io.pbts.reputation.instance;

import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the other services who they work for. */
@RestController
@Tag(name = "internal")
class InstanceController {
    private final Instance instance;

    InstanceController(Instance instance) {
        this.instance = instance;
    }

    record InstanceView(String instanceId) {}

    @Allow(
            value = Who.SERVICE,
            services = {"announce", "contract", "gateway", "receipt"})
    @GetMapping("/internal/v1/instance")
    InstanceView instance() {
        return new InstanceView(instance.id().hex());
    }
}
