package io.pbts.receipt.crash;

import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

/** Kills that come at seeded moments between a load's first answer and its last. What is killed starts again at once. */
final class Disasters {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final List<Strike> PLAN = List.of(
            Strike.REPLICA,
            Strike.POSTGRES,
            Strike.REPLICA,
            Strike.GRANT,
            Strike.BOTH,
            Strike.REPLICA,
            Strike.POSTGRES);

    private final Cluster cluster;
    private final Random random;
    private int replicaKills;
    private int postgresKills;

    Disasters(Cluster cluster, Random random) {
        this.cluster = cluster;
        this.random = random;
    }

    private enum Strike {
        REPLICA,
        POSTGRES,
        BOTH,
        /** No disaster: the newcomer gets credit, so that all that is held of it is released while others die. */
        GRANT
    }

    int replicaKills() {
        return replicaKills;
    }

    int postgresKills() {
        return postgresKills;
    }

    /** Strikes as the number of answers grows from 0 to {@code all}, each time somewhere in the next stretch of it. */
    void strike(IntSupplier answers, int all, Peer newcomer) {
        List<Strike> strikes = new ArrayList<>(PLAN);
        Collections.shuffle(strikes, random);
        for (int i = 0; i < strikes.size(); i++) {
            long moment = (long) ((i + random.nextDouble()) * all / (strikes.size() + 1));
            Eventually.until("answer " + moment, LONGEST_WAIT, () -> answers.getAsInt() >= moment);
            Eventually.pause(Duration.ofMillis(random.nextInt(150)));
            strike(strikes.get(i), newcomer);
        }
    }

    private void strike(Strike strike, Peer newcomer) {
        Replica victim =
                cluster.replicas().get(random.nextInt(cluster.replicas().size()));
        switch (strike) {
            case REPLICA -> killReplica(victim);
            case POSTGRES -> killPostgres();
            case BOTH -> {
                killReplica(victim);
                killPostgres();
            }
            case GRANT -> cluster.world().grant(newcomer, World.GIB);
        }
    }

    private void killReplica(Replica victim) {
        victim.kill();
        victim.relaunch();
        replicaKills++;
    }

    private void killPostgres() {
        cluster.postgres().kill();
        Eventually.pause(Duration.ofMillis(random.nextInt(500)));
        cluster.postgres().restart();
        postgresKills++;
    }
}
