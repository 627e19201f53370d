package io.pbts.contract;

import static org.awaitility.Awaitility.await;

import io.pbts.contract.testing.Anvil;
import io.pbts.contract.testing.Databases;
import io.pbts.contract.testing.FaultyNetwork;
import io.pbts.contract.testing.Services;
import io.pbts.support.testing.TestPostgres;
import java.time.Duration;
import java.util.Map;

/** The whole service with a chain of its own behind a network that can fail; as old as the test's instance. */
abstract class ServiceOnAChain {
    static final Duration SOON = Duration.ofMinutes(4);

    final Anvil chain = Anvil.start();
    final FaultyNetwork network = new FaultyNetwork(chain.url());
    final Services services = new Services();
    final TestPostgres database = Databases.fresh();
    final Map<String, Object> settings = RunningService.settings(database, network.url(), services);
    RunningService service;

    ServiceOnAChain(String profile, Map<String, ?> special) {
        settings.putAll(special);
        service = RunningService.start(settings, profile);
    }

    /** Alice and bob, and a first receipt between them that the chain has. */
    final void settleAFirst(long bytes) {
        services.register("alice", 1024);
        services.register("bob", 1024);
        services.credit("alice", "bob", bytes);
        await().atMost(SOON).until(() -> service.hasFinalizedAll(services));
    }

    final void end() {
        service.close();
        services.close();
        network.close();
        chain.close();
    }
}
