package io.pbts.support.secret;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Hands the pool each new password. Connections in use finish their work; idle ones and returned ones are replaced, so
 * that the old password can be withdrawn from the role a moment later.
 */
final class DatabasePassword {
    private static final String NAME = "pbts.db.app-password";

    DatabasePassword(DataSource dataSource, MountedSecrets secrets) {
        if (secrets.find(NAME).isPresent()) {
            HikariDataSource pool = poolOf(dataSource);
            secrets.watch(NAME, password -> changed(pool, password));
        }
    }

    private static Secret changed(HikariDataSource pool, Secret password) {
        if (!password.matches(String.valueOf(pool.getPassword()))) {
            pool.getHikariConfigMXBean().setPassword(password.reveal());
            var running = pool.getHikariPoolMXBean();
            if (running != null) {
                running.softEvictConnections();
            }
        }
        return password;
    }

    private static HikariDataSource poolOf(DataSource dataSource) {
        try {
            return dataSource.unwrap(HikariDataSource.class);
        } catch (SQLException e) {
            throw new IllegalStateException("the database pool is not Hikari's", e);
        }
    }
}
