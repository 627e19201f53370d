package io.pbts.support;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An answer means durable, so a service does not start on a database that may forget. */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass({DataSource.class, JdbcClient.class})
class DatabaseSupportAutoConfiguration {

    @Bean
    @ConditionalOnBean(DataSource.class)
    DurableDatabase durableDatabase(DataSource dataSource) {
        return new DurableDatabase(JdbcClient.create(dataSource));
    }
}
