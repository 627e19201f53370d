package io.pbts.reputation;

import io.pbts.support.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;

/** A test database whose server starts no transactions of its own: autovacuum's hold a feed's cut back for moments. */
public final class QuietPostgres {
    private QuietPostgres() {}

    public static TestPostgres create() {
        TestPostgres postgres = TestPostgres.create();
        try (Connection superuser = postgres.superuser()) {
            superuser.createStatement().execute("alter system set autovacuum = off");
            superuser.createStatement().execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return postgres;
    }
}
