package io.pbts.contract.testing;

import static org.awaitility.Awaitility.await;

import io.pbts.support.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Triggers at which a process can be made to stand still, inside the transaction that would record what was just done, so that it
 * is killed there and nowhere else.
 */
public final class CrashGates {
    private static final Duration SOON = Duration.ofMinutes(4);

    private final TestPostgres database;

    public CrashGates(TestPostgres database) {
        this.database = database;
        superuser("create schema crash");
        superuser("""
                create function crash.pass() returns trigger language plpgsql as $$
                begin
                    perform pg_advisory_xact_lock_shared(tg_argv[0]::bigint);
                    return null;
                end
                $$""");
    }

    /** What is done while the gate is closed, before the process is expected at it. */
    public interface Step {
        void run() throws Exception;
    }

    /**
     * A gate.
     *
     * @param trigger from {@code after} to {@code for each row} and a condition, if any
     */
    public void place(int key, String trigger) {
        superuser("create trigger crash_%d %s execute function crash.pass(%d)".formatted(key, trigger, key));
    }

    /** Starts a process with the gate closed, and kills it with -9 when it stands there. */
    public void killAt(int key, ProcessStart start, Step meanwhile) throws Exception {
        try (Connection gate = database.superuser();
                Statement statement = gate.createStatement()) {
            statement.execute("select pg_advisory_lock(%d)".formatted(key));
            Process process = start.start();
            try {
                meanwhile.run();
                await().atMost(SOON).until(() -> number(statement, """
                        select count(*) from pg_locks where locktype = 'advisory' and not granted and objid = %d
                        """.formatted(key)) > 0);
            } finally {
                process.destroyForcibly().onExit().join();
            }
        }
    }

    /** How the process is started. */
    public interface ProcessStart {
        Process start() throws Exception;
    }

    public void superuser(String sql) {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    /** What the superuser reads. */
    public long number(String sql) {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            return number(statement, sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet answer = statement.executeQuery(sql)) {
            return answer.next() ? answer.getLong(1) : 0;
        }
    }
}
