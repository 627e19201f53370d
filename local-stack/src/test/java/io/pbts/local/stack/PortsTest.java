package io.pbts.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pbts.local.console.Trouble;
import io.pbts.local.service.Profile;
import io.pbts.local.testing.TestParts;
import io.pbts.protocol.testing.network.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PortsTest {
    @ParameterizedTest
    @EnumSource
    void refusesABusyPortWithTheOptionThatChoosesAnother(Profile profile) throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(Trouble.class)
                    .isThrownBy(() -> Ports.requireFree(other.getLocalPort(), profile, "--port"))
                    .withMessage("port %d is busy: stop the program that listens on it, or choose another with --port N"
                            .formatted(other.getLocalPort()));
        }
    }

    @Test
    void acceptsAFreePort() {
        int port = FreePort.next();
        assertThatCode(() -> Ports.requireFree(port, Profile.LOCAL, "--port")).doesNotThrowAnyException();
    }

    @Test
    void givesEachPortOnce() {
        var ports = new Ports(TestParts.random());
        assertThat(IntStream.range(0, 50).map(_ -> ports.free()).toArray()).doesNotHaveDuplicates();
    }

    @Test
    void takesAnotherPortWhenThePreferredOneIsBusy() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(new Ports(TestParts.random()).freeOr(other.getLocalPort()))
                    .isNotEqualTo(other.getLocalPort());
        }
    }
}
