package io.pbts.receipt.crash;

import io.pbts.receipt.testing.Neighbours;
import io.pbts.receipt.testing.World;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestPostgres;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Replicas of receipt-service on one Postgres, with the neighbours they ask. */
final class Cluster implements AutoCloseable {
    private final CrashablePostgres postgres;
    private final World world;
    private final Neighbours neighbours = new Neighbours();
    private final List<Replica> replicas;

    private Cluster(CrashablePostgres postgres, TestPostgres database, int size) {
        this.postgres = postgres;
        this.world = World.on(database);
        Map<String, String> settings = settings(database);
        this.replicas = IntStream.range(0, size)
                .mapToObj(number -> Replica.launch("replica" + number, settings))
                .toList();
    }

    /** Starts so many replicas; they answer some seconds later. */
    static Cluster launch(int replicas) {
        CrashablePostgres postgres = CrashablePostgres.start();
        return new Cluster(postgres, postgres.database(), replicas);
    }

    void awaitReady() {
        replicas.forEach(Replica::awaitReady);
    }

    CrashablePostgres postgres() {
        return postgres;
    }

    World world() {
        return world;
    }

    Neighbours neighbours() {
        return neighbours;
    }

    List<Replica> replicas() {
        return replicas;
    }

    Books books() {
        return new Books(world);
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
        neighbours.close();
        postgres.close();
    }

    private Map<String, String> settings(TestPostgres database) {
        Map<String, String> settings = new HashMap<>(neighbours.settings());
        settings.put("spring.datasource.url", database.url());
        settings.put("pbts.ledger.attempts", "1"); // a deadlock reaches the client: everybody locks in one order
        settings.put(
                "spring.datasource.hikari.connection-init-sql",
                "set lock_timeout = '20s'; set statement_timeout = '20s'");
        settings.put("pbts.db.app-password", TestPostgres.PASSWORD);
        settings.put("pbts.db.owner-password", TestPostgres.PASSWORD);
        settings.put(
                "pbts.secrets-dir",
                TestKeys.secretsFor("receipt", World.secrets()).toString());
        return Map.copyOf(settings);
    }
}
