package io.pbts.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers who ask for much and take it slowly or not at all. */
class SlowReadersTest {
    private static final String LARGE_FILE = "/docs/swagger-ui-bundle.js";
    private static final int READERS = 200;
    private static final int MEBIBYTE = 1024 * 1024;

    private final List<Socket> readers = new ArrayList<>();
    private Stack stack;

    @AfterEach
    void stop() throws IOException {
        for (Socket reader : readers) {
            reader.close();
        }
        stack.close();
    }

    @Test
    void shareTheFilesThatTheyDoNotTake() throws IOException {
        stack = Stack.production();
        long before = directMemory();
        askWithoutReading(LARGE_FILE);
        assertThat(directMemory() - before).isLessThan(8 * MEBIBYTE);
        assertThat(stack.caller().get(LARGE_FILE).body()).hasSizeGreaterThan(MEBIBYTE);
    }

    @Test
    void shareTheDescriptionsThatTheyDoNotTake() throws IOException {
        stack = Stack.production();
        String document = "{\"openapi\": \"3.1.0\", \"paths\": {}, \"tags\": [%s{}]}"
                .formatted("{\"name\": \"tag\"},".repeat(MEBIBYTE / 16));
        stack.receipt.behave(FakeService.answer(200, "application/json", document));
        long before = directMemory();
        askWithoutReading("/v3/api-docs/receipt");
        assertThat(directMemory() - before).isLessThan(8 * MEBIBYTE);
    }

    @Test
    void makeTheGatewayStopReadingFromTheService() throws IOException {
        stack = Stack.production();
        var given = new AtomicLong();
        stack.reputation.behave((request, socket) -> giveForEver(socket, given));
        long before = directMemory();
        askWithoutReading("/stats");
        awaitRest(given);
        assertThat(directMemory() - before).isLessThan(24 * MEBIBYTE);
        assertThat(stack.caller().get("/config").status()).isEqualTo(200);
    }

    /** The whole takes several times as long as a caller may leave an answer lying. */
    @Test
    void areServedWhileTheyTakeEnough() throws IOException {
        stack = Stack.production("pbts.gateway.limits.write-timeout=3s");
        assertThat(takeSteadily().body()).hasSizeGreaterThan(MEBIBYTE);
    }

    @Test
    void areCutOffWhenTheyTakeTooLittle() throws IOException {
        stack = Stack.production("pbts.gateway.limits.write-timeout=3s", "pbts.gateway.limits.min-read-rate=100MB");
        assertThatIOException().isThrownBy(this::takeSteadily);
    }

    /** Some 200 kB a second at most. */
    private HttpMessage takeSteadily() throws IOException {
        return HttpMessage.read(
                new FilterInputStream(ask(LARGE_FILE).getInputStream()) {
                    @Override
                    public int read(byte[] bytes, int from, int length) throws IOException {
                        LockSupport.parkNanos(Duration.ofMillis(12).toNanos());
                        return super.read(bytes, from, Math.min(length, 8192));
                    }
                },
                true);
    }

    private void askWithoutReading(String target) throws IOException {
        for (int reader = 0; reader < READERS; reader++) {
            var _ = ask(target);
        }
        for (Socket reader : readers) {
            InputStream in = reader.getInputStream();
            assertThat(new String(in.readNBytes(12), US_ASCII)).isEqualTo("HTTP/1.1 200");
        }
    }

    private Socket ask(String target) throws IOException {
        var socket = new Socket();
        readers.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), stack.port()));
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\nHost: t\r\n\r\n".formatted(target).getBytes(US_ASCII));
        return socket;
    }

    private static void giveForEver(Socket socket, AtomicLong given) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n".getBytes(US_ASCII));
        byte[] part = new byte[8192];
        while (!socket.isClosed()) {
            out.write(part);
            given.addAndGet(part.length);
        }
    }

    /** Until nobody takes anything any more. */
    private static void awaitRest(AtomicLong given) {
        var last = new AtomicLong(-1);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> last.getAndSet(given.get()) == given.get());
    }

    private static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
