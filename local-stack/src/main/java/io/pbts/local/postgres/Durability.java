package io.pbts.local.postgres;

import io.pbts.local.console.Trouble;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** An answer means durable, so the server is asked, not trusted: each of these must be on. */
final class Durability {
    static final List<String> SETTINGS = List.of("fsync", "synchronous_commit", "full_page_writes");

    private Durability() {}

    /** What the server says, such as {@code fsync=on synchronous_commit=on full_page_writes=on}. */
    static String assertOn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : SETTINGS) {
                String value = show(statement, setting);
                if (!value.equals("on")) {
                    throw new Trouble(
                            "the database runs with %s=%s and could lose answered receipts: remove that setting"
                                    .formatted(setting, value));
                }
            }
        }
        return SETTINGS.stream().map(setting -> setting + "=on").collect(Collectors.joining(" "));
    }

    static String show(Statement statement, String setting) throws SQLException {
        try (ResultSet row = statement.executeQuery("show " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
