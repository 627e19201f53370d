package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Requests that two servers may read differently get 400 or a closed connection, and those beside them notice nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingIT {
    private static final int AT_ONCE = 16;
    private static final int PATIENCE_MS = 20_000;
    private static final int LEAST_CASES = 300;
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

    /**
     * 404 and 405: no such path or method exists, however it was meant; 501: a transfer coding that nobody knows (RFC 9112,
     * section 6.1); 505: another version of HTTP.
     */
    private static final String REFUSED = "400|404|405|501|505";

    @TempDir
    private Path folder;

    private Stack stack;

    @BeforeAll
    void start() {
        stack = ProductionStack.get();
    }

    @Test
    void theGatewayRefusesEveryRequestThatTwoServersMayReadDifferently() {
        attack("smuggle-gateway", "127.44.1", stack.port(), "POST", "/report");
    }

    @Test
    void theTrackersPortRefusesEveryRequestThatTwoServersMayReadDifferently() {
        attack("smuggle-tracker", "127.44.2", stack.announcePort(), "GET", "/announce");
    }

    private void attack(String name, String network, int port, String method, String path) {
        var cases = SmugglingCases.all(method, path, "smuggled/scrape");
        assertThat(cases).hasSizeGreaterThanOrEqualTo(LEAST_CASES);
        var honest = HonestTraffic.prepare(stack, folder, name, network, 200).start();
        Map<String, String> accepted = new ConcurrentHashMap<>();
        var slots = new Semaphore(AT_ONCE);
        try (var attackers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < cases.size(); i++) {
                var one = cases.get(i);
                // Each from an address of its own: a limit per address is not what refuses them.
                String from = "127.%s.%d.%d".formatted(method.equals("GET") ? "52" : "53", i / 200, 1 + i % 200);
                attackers.execute(() -> {
                    slots.acquireUninterruptibly();
                    try {
                        String verdict = verdict(port, from, one.bytes());
                        if (!verdict.isEmpty()) {
                            accepted.put(one.name(), verdict);
                        }
                    } finally {
                        slots.release();
                    }
                });
            }
        }
        HonestTraffic.Outcome outcome = honest.stop();
        System.out.printf("%s: %d cases%n%s%n", name, cases.size(), outcome);
        assertThat(new TreeMap<>(accepted)).as("neither refused nor closed").isEmpty();
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.count("report")).isPositive();
        assertThat(outcome.count("announce (direct)")).isPositive();
    }

    /** Empty when the request was refused or the connection closed; otherwise what the server did. */
    private static String verdict(int port, String from, byte[] request) {
        var received = new ByteArrayOutputStream();
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            readAll(socket.getInputStream(), received);
        } catch (java.net.SocketTimeoutException open) {
            return "left open after: " + firstLine(received);
        } catch (IOException reset) {
            return judged(received);
        }
        return judged(received);
    }

    private static void readAll(InputStream in, ByteArrayOutputStream received) throws IOException {
        byte[] buffer = new byte[4096];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            received.write(buffer, 0, count);
        }
    }

    private static String judged(ByteArrayOutputStream received) {
        String text = received.toString(StandardCharsets.ISO_8859_1);
        var answers = ANSWER.matcher(text);
        if (!answers.find()) {
            return text.isEmpty() ? "" : "not HTTP: " + firstLine(received);
        }
        if (!answers.group(1).matches(REFUSED)) {
            return firstLine(received);
        }
        return answers.find() ? "a second answer: " + answers.group() : "";
    }

    private static String firstLine(ByteArrayOutputStream received) {
        return received.toString(StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("(nothing)");
    }
}
