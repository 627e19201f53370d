package io.pbts.reputation.instance;

import io.pbts.protocol.receipt.InstanceId;
import java.security.SecureRandom;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The identity of this tracker: 32 random bytes, made by whichever replica asks first and the same for all of them for ever.
 * Signatures name it, so a new one would void every registration and receipt.
 */
@Repository
public class Instance implements InitializingBean {
    private final JdbcClient jdbc;
    private final SecureRandom random;

    Instance(JdbcClient jdbc, SecureRandom random) {
        this.jdbc = jdbc;
        this.random = random;
    }

    @Override
    public void afterPropertiesSet() {
        byte[] proposal = new byte[32];
        random.nextBytes(proposal);
        jdbc.sql("insert into instance (instance_id) values (:id) on conflict (only_row) do nothing")
                .param("id", proposal)
                .update();
    }

    public InstanceId id() {
        return InstanceId.ofBytes(jdbc.sql("select instance_id from instance")
                .query((row, _) -> row.getBytes("instance_id"))
                .single());
    }
}
