package io.pbts.receipt.testing;

import io.pbts.support.testing.ManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** As in a cluster: probes and scrapers have a port of their own. */
public abstract class ProbedTracker extends ProductionTracker {
    @DynamicPropertySource
    static void management(DynamicPropertyRegistry registry) {
        ManagementPort.register(registry);
    }
}
