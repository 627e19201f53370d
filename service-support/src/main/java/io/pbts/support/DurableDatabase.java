package io.pbts.support;

import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks the server itself (SHOW) whether a commit survives a crash, and refuses to start when it does not. */
final class DurableDatabase implements InitializingBean {
    private static final List<String> SETTINGS = List.of("fsync", "synchronous_commit", "full_page_writes");
    private final JdbcClient jdbc;

    DurableDatabase(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void afterPropertiesSet() {
        for (String setting : SETTINGS) {
            String value = jdbc.sql("show " + setting).query(String.class).single();
            if (!value.equals("on")) {
                throw new IllegalStateException("Postgres runs with %s=%s; credits would not survive a crash. Set %s=on"
                        .formatted(setting, value, setting));
            }
        }
    }
}
