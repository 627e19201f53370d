package io.pbts.local.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes the database, the roles and the schemas by {@code db/bootstrap.sql}: the same file as in every other way of running. */
final class Bootstrap {
    static final String DATABASE = "pbts";
    private static final Pattern PLAIN = Pattern.compile("[0-9A-Za-z]{16,128}");

    private final String server;
    private final String superuserPassword;

    /** @param server JDBC URL up to and including the last slash */
    Bootstrap(String server, String superuserPassword) {
        this.server = server;
        this.superuserPassword = superuserPassword;
    }

    /** Runs at every start; changes nothing but passwords when it ran before. */
    void run(Map<String, String> passwordsByRole) throws SQLException, IOException {
        try (Connection connection = connect("postgres", "");
                Statement statement = connection.createStatement()) {
            if (!exists(statement)) {
                statement.execute("create database " + DATABASE);
            }
        }
        // Terse, so that a failure inside the script cannot print a password with its context into the server's log.
        String options = passwordsByRole.entrySet().stream()
                .map(entry -> "-c pbts.%s_password=%s".formatted(entry.getKey(), plain(entry.getValue())))
                .collect(Collectors.joining(" ", "-c log_error_verbosity=terse -c log_min_error_statement=panic ", ""));
        try (Connection connection = connect(DATABASE, options);
                Statement statement = connection.createStatement()) {
            statement.execute(script());
        }
    }

    Connection connect(String database, String options) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", superuserPassword);
        properties.setProperty("loginTimeout", "10");
        if (!options.isEmpty()) {
            properties.setProperty("options", options);
        }
        return DriverManager.getConnection(server + database, properties);
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
            return row.next();
        }
    }

    private static String plain(String password) {
        if (!PLAIN.matcher(password).matches()) {
            throw new IllegalArgumentException("a generated password has letters and digits only");
        }
        return password;
    }

    private static String script() throws IOException {
        try (InputStream script = Bootstrap.class.getResourceAsStream("/db/bootstrap.sql")) {
            if (script == null) {
                throw new IOException("db/bootstrap.sql is not in this jar");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
