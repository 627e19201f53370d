package io.pbts.announce.admission;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * LISTENs on a connection of its own, outside the pool, and wakes the feed. Carries no facts: a signal that is lost costs a
 * second and nothing else, so a broken connection is simply opened again, and the feed woken then.
 */
final class StandingSignals extends LifelongThread {
    private static final Logger LOG = LoggerFactory.getLogger(StandingSignals.class);
    private static final int POLL_MILLIS = 500;

    private final JdbcConnectionDetails database;
    private final StandingFeed feed;
    private boolean connected = true;

    StandingSignals(JdbcConnectionDetails database, StandingFeed feed) {
        super("standing-signals");
        this.database = database;
        this.feed = feed;
    }

    @Override
    protected void work() throws InterruptedException {
        while (isRunning()) {
            try (Connection connection = open();
                    Statement statement = connection.createStatement()) {
                statement.execute("listen standing_changed");
                report(true, "");
                feed.wake();
                forward(connection.unwrap(PGConnection.class));
            } catch (SQLException broken) {
                report(false, String.valueOf(broken.getMessage()));
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    private void forward(PGConnection connection) throws SQLException {
        while (isRunning()) {
            if (connection.getNotifications(POLL_MILLIS).length > 0) {
                feed.wake();
            }
        }
    }

    private Connection open() throws SQLException {
        var login = new Properties();
        login.setProperty("user", String.valueOf(database.getUsername()));
        login.setProperty("password", String.valueOf(database.getPassword()));
        login.setProperty("connectTimeout", "2");
        login.setProperty("tcpKeepAlive", "true");
        login.setProperty("ApplicationName", "announce-service signals");
        return DriverManager.getConnection(database.getJdbcUrl(), login);
    }

    private void report(boolean reached, String cause) {
        if (reached != connected && isRunning()) {
            connected = reached;
            if (reached) {
                LOG.info("event=standing_signals_heard");
            } else {
                LOG.warn(
                        "event=standing_signals_lost cause=\"{}\"",
                        cause.lines().findFirst().orElse(""));
            }
        }
    }
}
