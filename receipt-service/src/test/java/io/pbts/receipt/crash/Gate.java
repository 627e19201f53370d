package io.pbts.receipt.crash;

import io.pbts.receipt.testing.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Keeps transactions at a crash point until it is closed, or Postgres dies. */
final class Gate implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final World world;
    private final CrashPoint point;
    private final Connection keeper;

    private Gate(World world, CrashPoint point) throws SQLException {
        this.world = world;
        this.point = point;
        this.keeper = world.postgres().superuser();
        try (var statement = keeper.createStatement()) {
            statement.execute("select pg_advisory_lock(%d)".formatted(point.key()));
        }
    }

    static Gate shut(World world, CrashPoint point) throws SQLException {
        return new Gate(world, point);
    }

    /** Returns when so many transactions have come to this point. */
    void awaitWaiting(int transactions) {
        Eventually.until(transactions + " at " + point, PATIENCE, () -> waiting() == transactions);
    }

    private long waiting() {
        return world.number("""
                select count(*) from pg_locks
                 where locktype = 'advisory' and not granted and classid = 0 and objid = %d and objsubid = 1""".formatted(point.key()));
    }

    /** Lets everybody pass who still lives. */
    @Override
    public void close() throws SQLException {
        keeper.close();
    }
}
