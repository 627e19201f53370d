package io.pbts.support.testing;

import io.pbts.protocol.testing.network.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real Postgres 18 for tests, durable as in production, with the suite's roles and schemas: a container where a Docker
 * engine answers, an embedded server where none does. One server per test JVM; each {@link #create()} is a fresh database.
 */
public final class TestPostgres {
    public static final String PASSWORD = "test-password-of-every-role";
    private static final String IMAGE = "postgres:18";
    private static final String EMPTY = "template1";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Server server;
    private final String url;

    private TestPostgres(Server server, String url) {
        this.server = server;
        this.url = url;
    }

    /** A fresh, bootstrapped database. */
    public static TestPostgres create() {
        return createOn(Server.RUNNING, EMPTY);
    }

    /** The same with everything that another has, to which nobody may be connected meanwhile. */
    public static TestPostgres copyOf(TestPostgres other) {
        return createOn(other.server, other.name());
    }

    /** The same on an embedded server that the test runs itself, because it stops it. */
    public static TestPostgres createOn(EmbeddedPostgres server) {
        return createOn(Server.of(server), EMPTY);
    }

    private static synchronized TestPostgres createOn(Server server, String template) {
        String name = "pbts_" + DATABASES.incrementAndGet();
        execute(
                server.adminUrl("postgres"),
                new Properties(),
                "create database %s template %s".formatted(name, template));
        TestPostgres database = new TestPostgres(server, server.url(name));
        var passwords = new StringBuilder();
        for (String service : new String[] {"announce", "receipt", "reputation", "contract"}) {
            for (String role : new String[] {"owner", "app"}) {
                passwords.append(" -c pbts.%s_%s_password=%s".formatted(service, role, PASSWORD));
            }
        }
        var properties = new Properties();
        properties.setProperty("options", passwords.toString().strip());
        execute(server.adminUrl(name), properties, bootstrap());
        return database;
    }

    private String name() {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** JDBC URL without a user. */
    public String url() {
        return url;
    }

    /** A connection of one of the suite's roles, such as {@code receipt_app}. */
    public Connection connect(String role) throws SQLException {
        return DriverManager.getConnection(url, role, PASSWORD);
    }

    /** A connection that may do everything, for looking behind the curtain. */
    public Connection superuser() throws SQLException {
        return DriverManager.getConnection(server.adminUrl(name()));
    }

    /** Takes it away from everybody, until {@link #comeBack}: those who are connected are cut off, and nobody comes in. */
    public void goAway() throws SQLException {
        allow(0);
        try (Connection superuser = superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()""");
        }
    }

    public void comeBack() throws SQLException {
        allow(-1);
    }

    private void allow(int connections) throws SQLException {
        try (Connection superuser = superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("alter database %s connection limit %d".formatted(name(), connections));
        }
    }

    /** Points a Spring test context at this database. */
    public void register(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", this::url);
        registry.add("pbts.db.app-password", () -> PASSWORD);
        registry.add("pbts.db.owner-password", () -> PASSWORD);
    }

    private static String bootstrap() {
        try (InputStream script = TestPostgres.class.getResourceAsStream("/db/bootstrap.sql")) {
            if (script == null) {
                throw new IllegalStateException("db/bootstrap.sql is not on the test class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void execute(String adminUrl, Properties properties, String sql) {
        try (Connection connection = DriverManager.getConnection(adminUrl, properties);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("could not prepare the test database", e);
        }
    }

    private interface Server {
        Server RUNNING = start();

        String url(String database);

        String adminUrl(String database);

        private static Server start() {
            return DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
        }

        private static Server container() {
            var container = new PostgreSQLContainer(IMAGE);
            container.start();
            String base = "jdbc:postgresql://%s:%d/".formatted(container.getHost(), container.getMappedPort(5432));
            String login = "?user=%s&password=%s".formatted(container.getUsername(), container.getPassword());
            return of(base, login);
        }

        private static Server embedded() {
            try {
                var postgres = EmbeddedPostgres.builder()
                        .setPort(FreePort.next())
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("max_connections", "200")
                        .start();
                return of(postgres);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Server of(EmbeddedPostgres postgres) {
            return of("jdbc:postgresql://localhost:%d/".formatted(postgres.getPort()), "?user=postgres");
        }

        private static Server of(String base, String login) {
            return new Server() {
                @Override
                public String url(String database) {
                    return base + database;
                }

                @Override
                public String adminUrl(String database) {
                    return base + database + login;
                }
            };
        }
    }
}
