package io.pbts.acceptance;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** A database without tables in a stack's server, for one service; it goes with the stack's data. */
final class EmptyDatabase {
    private EmptyDatabase() {}

    /** JDBC URL without a user. */
    static String beside(Stack stack, String service) throws SQLException, IOException {
        String own = stack.description().path("postgres_url").asString();
        String name = "empty_" + service;
        String url = own.replaceFirst("(://[^/]+/)[^?]+", "$1" + name);
        execute(stack, own, "create database " + name);
        execute(stack, url, "create schema %1$s authorization %1$s_owner".formatted(service));
        execute(stack, url, "grant usage on schema %1$s to %1$s_app".formatted(service));
        return url;
    }

    private static void execute(Stack stack, String url, String sql) throws SQLException, IOException {
        try (Connection connection = Superuser.connect(stack, url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
