package io.pbts.gateway.forward;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PoolPropertiesTest {
    private static final long MEBIBYTE = 1024 * 1024;

    @Test
    void holdNoMoreThanTwoThirdsOfTheMemoryThatAllShare() {
        assertThatCode(() -> pool(256).requireRoom(5, 142 * MEBIBYTE)).doesNotThrowAnyException();
        assertThatIllegalStateException()
                .isThrownBy(() -> pool(320).requireRoom(5, 142 * MEBIBYTE))
                .withMessageContaining("pbts.gateway.pool.max-connections is 320")
                .withMessageContaining("100 MiB of 142 MiB");
    }

    private static PoolProperties pool(int maxConnections) {
        Duration any = Duration.ofSeconds(1);
        return new PoolProperties(maxConnections, 1, any, any, any, any, any, 1, 1, any);
    }
}
