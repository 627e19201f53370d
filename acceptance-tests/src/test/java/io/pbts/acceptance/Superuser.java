package io.pbts.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The superuser of a stack's database server, who sees every schema. */
final class Superuser {
    private Superuser() {}

    /** In the stack's own database. */
    static Connection connect(Stack stack) throws SQLException, IOException {
        return connect(stack, stack.description().path("postgres_url").asString());
    }

    /** @param url JDBC URL of a database of the stack's server, without a user */
    static Connection connect(Stack stack, String url) throws SQLException, IOException {
        var login = new Properties();
        login.setProperty("user", "postgres");
        login.setProperty(
                "password",
                Files.readString(stack.dataDir().resolve("secrets/postgres")).strip());
        return DriverManager.getConnection(url, login);
    }
}
