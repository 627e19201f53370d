package io.pbts.protocol.testing.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void isNoneThatLinuxGivesToOutgoingConnections() {
        assertThat(IntStream.range(0, 100).map(_ -> FreePort.next())).allMatch(port -> port > 1023 && port < 32_768);
    }

    @Test
    void isGivenOnce() {
        assertThat(IntStream.range(0, 1_000).map(_ -> FreePort.next()).toArray())
                .doesNotHaveDuplicates();
    }

    @Test
    void canBeListenedAt() {
        int port = FreePort.next();
        assertThatCode(() -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close())
                .doesNotThrowAnyException();
    }
}
