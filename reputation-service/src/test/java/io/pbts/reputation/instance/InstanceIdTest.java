package io.pbts.reputation.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.reputation.RunningService;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class InstanceIdTest extends RunningService {
    @Autowired
    private JdbcClient jdbc;

    @Test
    void everyReplicaAndEveryStartHasTheSameInstanceId() {
        var replica = new Instance(jdbc, new SecureRandom());
        replica.afterPropertiesSet();

        assertThat(replica.id().hex()).isEqualTo(get("/internal/v1/instance").text("instance_id"));
    }
}
