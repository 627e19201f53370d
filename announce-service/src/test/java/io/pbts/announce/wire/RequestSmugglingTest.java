package io.pbts.announce.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.RawClient;
import io.pbts.announce.testing.RawClient.Answer;
import io.pbts.announce.testing.TrackerFixture;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Requests that two readers would cut in two different places (RFC 9112 11.2): each is refused, once, and nothing that lies
 * behind it is served.
 */
class RequestSmugglingTest {
    private static final Bytes HASH = Bytes.repeat((byte) 0x55, 20);
    private static final Bytes HIDDEN = Bytes.repeat((byte) 0x66, 20);
    private static final String SECOND = "GET " + Announce.of(HIDDEN, 6881).target() + " HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String TARGET = Announce.of(HASH, 6881).target();
    private static TrackerFixture tracker;

    @BeforeAll
    static void start() {
        tracker = new TrackerFixture("local");
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    /** Heads that must not pass, whatever follows them. */
    private static List<String> heads() {
        List<String> heads = new ArrayList<>();
        for (String version : List.of("HTTP/1.1", "HTTP/1.0")) {
            for (String method : List.of("GET", "POST", "PUT")) {
                for (String framing : framings()) {
                    heads.add(method + " " + TARGET + " " + version + "\r\nHost: x\r\n" + framing + "\r\n\r\n");
                }
            }
            for (String broken : brokenFields()) {
                heads.add("GET " + TARGET + " " + version + "\r\nHost: x\r\n" + broken + "\r\n\r\n");
                heads.add("GET " + TARGET + " " + version + "\r\n" + broken + "\r\nHost: x\r\n\r\n");
            }
        }
        heads.addAll(brokenLines());
        return heads;
    }

    private static List<String> framings() {
        String length = "Content-Length: " + SECOND.length();
        return List.of(
                length,
                length + "\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\n" + length,
                "Transfer-Encoding: chunked",
                "transfer-encoding: identity",
                "Transfer-Encoding:chunked",
                "Transfer-Encoding: \tchunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked",
                " Transfer-Encoding: chunked",
                "X: y\r\n Transfer-Encoding: chunked",
                "X: y\nTransfer-Encoding: chunked",
                "X: y\rTransfer-Encoding: chunked",
                "Transfer-Encoding\u0000: chunked",
                "Transfer-Encoding: chunked\u0000",
                "Transfer-\u00ffEncoding: chunked",
                "Content-Length: 0\r\n" + length,
                length + "\r\nContent-Length: 0",
                length + "\r\n" + length,
                "Content-Length: +0",
                "Content-Length: -0",
                "Content-Length: 00",
                "Content-Length: 0x0",
                "Content-Length: 0, " + SECOND.length(),
                "Content-Length: 0,0",
                "Content-Length: ",
                "Content-Length: 18446744073709551616",
                "Content-Length: 0 0",
                "Content-Length : 0",
                "Content-Length: 0\u000b",
                "CONTENT-LENGTH: 5");
    }

    private static List<String> brokenFields() {
        return List.of(
                "Host: y",
                "HOST: x",
                "Host: x\r\nhost: z",
                "X: y\r\n folded",
                "X: y\r\n\tfolded",
                "X: y\nZ: w",
                "X: y\rZ: w",
                "X: y\r",
                "X: a\u0000b",
                "X: a\u0001b",
                "X: a\u001bb",
                "X\u0000: y",
                "X\u007f: y",
                "X Y: z",
                "X\tY: z",
                "X : y",
                ": y",
                "no colon",
                "\u00e9: y",
                "\u0000");
    }

    private static List<String> brokenLines() {
        String fields = "\r\nHost: x\r\n\r\n";
        return List.of(
                "GET " + TARGET + " HTTP/1.1\nHost: x\r\n\r\n",
                "GET " + TARGET + " HTTP/1.1\r\nHost: x\n\r\n",
                "GET " + TARGET + " HTTP/1.1\nHost: x\n\n",
                "GET " + TARGET + " HTTP/1.1\r\r\nHost: x\r\n\r\n",
                "GET " + TARGET + " HTTP/1.1\r\n\n",
                "GET " + TARGET + " HTTP/1.1 " + fields,
                "GET " + TARGET + "  HTTP/1.1" + fields,
                "GET " + TARGET + "\tHTTP/1.1" + fields,
                "GET\t" + TARGET + " HTTP/1.1" + fields,
                " GET " + TARGET + " HTTP/1.1" + fields,
                "get " + TARGET + " HTTP/1.1" + fields,
                "GET " + TARGET + "&x=\u0000 HTTP/1.1" + fields,
                "GET " + TARGET + "&x=a b HTTP/1.1" + fields,
                "GET " + TARGET + "&x=\r HTTP/1.1" + fields,
                "GET " + TARGET + " HTTP/1.10" + fields,
                "GET " + TARGET + " HTTP/1.2x" + fields,
                "GET " + TARGET + " HTTP/2.0" + fields,
                "GET " + TARGET + " HTTP/01.1" + fields,
                "GET " + TARGET + " http/1.1" + fields,
                "GET " + TARGET + fields,
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "CONNECT 192.0.2.1:80 HTTP/1.1" + fields,
                "TRACE " + TARGET + " HTTP/1.1" + fields,
                "OPTIONS * HTTP/1.1" + fields,
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n");
    }

    @Test
    void refusesEachOnceAndServesNothingThatLiesBehind() throws IOException {
        List<String> heads = heads();
        assertThat(heads).hasSizeGreaterThanOrEqualTo(300);
        for (String head : heads) {
            assertRefused(tracker.direct(), head);
        }
        assertNothingServed();
    }

    @Test
    void refusesThemFromTheGatewayToo() throws IOException {
        String proof = "\r\n" + TrackerFixture.gatewayToken() + "\r\nX-PBTS-Client-Address: 198.51.100.1\r\n";
        for (String head : heads()) {
            assertRefused(
                    tracker.internal(), head.replaceFirst("\r\n", java.util.regex.Matcher.quoteReplacement(proof)));
        }
        assertNothingServed();
    }

    private static void assertNothingServed() {
        for (Bytes hash : new Bytes[] {HASH, HIDDEN}) {
            assertThat(tracker.get(Announce.of(hash, 2).event("stopped").target())
                            .body()
                            .integer("incomplete"))
                    .as("peers that got in")
                    .isZero();
        }
    }

    private static void assertRefused(InetSocketAddress door, String head) throws IOException {
        try (var client = new RawClient(door)) {
            client.send((head + SECOND + SECOND).getBytes(ISO_8859_1));
            Answer answer = client.read();
            assertThat(answer.status()).as(head).isIn(400, 405, 505);
            assertThat(answer.closes()).as(head).isTrue();
            assertThat(client.isClosedByServer())
                    .as("nothing after the refusal of %s", head)
                    .isTrue();
        } catch (EOFException | SocketException closed) {
            // as good as a refusal: nothing was answered
        }
    }
}
