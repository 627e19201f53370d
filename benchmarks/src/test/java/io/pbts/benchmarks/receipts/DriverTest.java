package io.pbts.benchmarks.receipts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.pbts.benchmarks.receipts.Load.SignedReport;
import io.pbts.benchmarks.suite.CpuClock;
import io.pbts.benchmarks.suite.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No figure without its work. */
class DriverTest {
    private static final SignedReport REPORT = new SignedReport("passkey", Bytes.of(1, 2, 3), 2);

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private int status = 200;
    private String answer = "";

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/reports", exchange -> {
            asked.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void countsWhatWasCreditedOfEveryReport() throws Exception {
        answer = answer(2, "credited", "credited");
        Repetition repetition = send(9);
        assertThat(repetition.receipts()).isEqualTo(18);
        assertThat(asked).hasValue(9);
        assertThat(repetition.perSecond()).isEqualTo(18e9 / repetition.elapsed().toNanos());
        assertThat(repetition.cpu()).containsOnlyKeys(CpuClock.MACHINE);
    }

    @Test
    void aReceiptThatIsHeldRefusedOrRepeatedEndsTheRun() {
        for (String code : List.of("held", "bad-signature", "duplicate")) {
            answer = answer(1, "credited", code);
            assertThatThrownBy(() -> send(1)).isInstanceOf(IOException.class).hasMessageContaining(code);
        }
    }

    @Test
    void aMissingResultEndsTheRun() {
        answer = answer(2, "credited");
        assertThatThrownBy(() -> send(1)).hasMessageContaining("1 of 2 receipts");
    }

    @Test
    void aSumThatIsNotTheResultsEndsTheRun() {
        answer = answer(1, "credited", "credited");
        assertThatThrownBy(() -> send(1)).isInstanceOf(IOException.class);
    }

    @Test
    void anyOtherStatusEndsTheRun() {
        status = 503;
        answer = "busy";
        assertThatThrownBy(() -> send(1)).hasMessageContaining("503").hasMessageContaining("busy");
    }

    private Repetition send(int reports) throws IOException, InterruptedException {
        var gateway =
                Gateway.at(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        return new Driver(gateway, new CpuClock(Map.of())).send(Collections.nCopies(reports, REPORT));
    }

    private static String answer(int credited, String... codes) {
        String results = String.join(
                ",", List.of(codes).stream().map("{\"code\":\"%s\"}"::formatted).toList());
        return "{\"credited\":%d,\"results\":[%s]}".formatted(credited, results);
    }
}
