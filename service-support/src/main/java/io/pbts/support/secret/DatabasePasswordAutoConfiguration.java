package io.pbts.support.secret;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** A new password of the database reaches the pool without a restart. */
@AutoConfiguration(
        after = SecretsAutoConfiguration.class,
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass(HikariDataSource.class)
class DatabasePasswordAutoConfiguration {

    @Bean
    @ConditionalOnBean(DataSource.class)
    DatabasePassword databasePassword(DataSource dataSource, MountedSecrets secrets) {
        return new DatabasePassword(dataSource, secrets);
    }
}
