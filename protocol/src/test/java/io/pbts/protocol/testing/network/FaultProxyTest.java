package io.pbts.protocol.testing.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    /** For what comes; a busy machine takes its time. */
    private static final int PATIENCE_MILLIS = 20_000;

    /** For what never comes. */
    private static final int SILENCE_MILLIS = 300;

    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = echo(0);
        proxy = FaultProxy.before(echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void passesEverythingOnUntilTheEnd() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 100_000)).isEqualTo(100_000);
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void latencyDelaysQuestionAndAnswer() throws IOException {
        proxy.fail(new Fault.Latency(Duration.ofMillis(60), Duration.ofMillis(20)));
        try (Socket client = connect()) {
            assertThat(timeOf(client, 1)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
        }
    }

    @Test
    void bandwidthBoundsHowFastBytesCome() throws IOException {
        proxy.fail(new Fault.Bandwidth(20_000));
        try (Socket client = connect()) {
            assertThat(timeOf(client, 5_000)).isGreaterThanOrEqualTo(Duration.ofMillis(190));
        }
    }

    @Test
    void resetEndsAConnectionWhenItAsks() throws IOException {
        proxy.fail(new Fault.Reset());
        try (Socket client = connect()) {
            assertThatThrownBy(() -> ask(client, 1)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void whatLivedWhileAConnectionWasHalfOpenStaysSilentForGood() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 1)).isEqualTo(1);
            proxy.fail(new Fault.HalfOpen());
            assertSilent(client, 1);
            try (Socket next = connect()) {
                assertSilent(next, 1);
            }
            proxy.heal();
            assertSilent(client, 1);
        }
        assertHealed();
    }

    @Test
    void anAnswerThatIsLostWasGiven() throws IOException {
        proxy.fail(new Fault.AnswerLost());
        try (Socket client = connect()) {
            assertSilent(client, 3);
            assertThat(proxy.bytesLost()).isEqualTo(3);
        }
    }

    @Test
    void truncationEndsEachConnectionAfterSoManyBytesOfItsAnswers() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 50)).isEqualTo(50);
            proxy.fail(new Fault.Truncate(7));
            assertThat(ask(client, 50)).isEqualTo(7);
        }
        try (Socket client = connect()) {
            assertThat(ask(client, 50)).isEqualTo(7);
        }
        assertHealed();
    }

    @Test
    void refusesConnectionsAndListensAtTheSamePortAgain() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 1)).isEqualTo(1);
            proxy.fail(new Fault.Refuse());
            assertThatThrownBy(() -> ask(client, 1)).isInstanceOf(SocketException.class);
        }
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        assertHealed();
    }

    @Test
    void connectingToWhatIsGoneGetsNoAnswer() throws IOException {
        proxy.fail(new Fault.Gone());
        assertThatThrownBy(() -> connect(SILENCE_MILLIS)).isInstanceOf(SocketTimeoutException.class);
        assertHealed();
    }

    @Test
    void leadsNewConnectionsToOneServerAfterTheOther() throws IOException {
        try (ServerSocket other = echo(1)) {
            proxy.lead(echo.getLocalPort(), other.getLocalPort());
            int first = firstByte();
            assertThat(firstByte()).isNotEqualTo(first);
            assertThat(firstByte()).isEqualTo(first);
            proxy.lead(other.getLocalPort());
            assertThat(firstByte()).isEqualTo(1);
        }
    }

    private static void assertSilent(Socket client, int bytes) throws IOException {
        client.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> ask(client, bytes)).isInstanceOf(SocketTimeoutException.class);
    }

    private void assertHealed() throws IOException {
        proxy.heal();
        try (Socket client = connect()) {
            assertThat(ask(client, 50)).isEqualTo(50);
        }
    }

    private int firstByte() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write(0);
            return client.getInputStream().read();
        }
    }

    private Socket connect() throws IOException {
        return connect(PATIENCE_MILLIS);
    }

    private Socket connect(int patienceMillis) throws IOException {
        var client = new Socket();
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()), patienceMillis);
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    /** Sends so many bytes and answers how many of them came back. */
    private static int ask(Socket client, int bytes) throws IOException {
        client.getOutputStream().write(new byte[bytes]);
        return client.getInputStream().readNBytes(bytes).length;
    }

    private static Duration timeOf(Socket client, int bytes) throws IOException {
        long start = System.nanoTime();
        ask(client, bytes);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Sends back what it gets, with so much added to each byte. */
    private static ServerSocket echo(int more) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket connection = server.accept();
                    Thread.ofVirtual().start(() -> answer(connection, more));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return server;
    }

    private static void answer(Socket connection, int more) {
        try (connection) {
            byte[] bytes = new byte[1024];
            for (int read = connection.getInputStream().read(bytes);
                    read >= 0;
                    read = connection.getInputStream().read(bytes)) {
                for (int i = 0; i < read; i++) {
                    bytes[i] += (byte) more;
                }
                connection.getOutputStream().write(bytes, 0, read);
            }
        } catch (IOException broken) {
            return;
        }
    }
}
