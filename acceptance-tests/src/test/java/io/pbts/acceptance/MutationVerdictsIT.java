package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link MutationIT} would find, if it were there. */
class MutationVerdictsIT {
    private static final String SECRET = "5e".repeat(16);
    private static final MutationRoute ROUTE =
            new MutationRoute("public", "GET", "/stats", "/stats", MutationRoute.JSON, "", 1);
    private static final MutationCallers.Caller MEMBER =
            new MutationCallers.Caller("passkey", "X-PBTS-Passkey: " + SECRET + "\r\n", SECRET);
    private static final MutationCallers.Caller STRANGER = new MutationCallers.Caller("nobody", "", "");

    private final Canaries canaries = Canaries.of(Map.of("planted", SECRET));

    @Test
    void faultsAreFound() {
        assertThat(wrong(STRANGER, 500, "")).hasSize(1);
        assertThat(wrong(STRANGER, 503, "away")).hasSize(1);
    }

    @Test
    void onlyWhatSaysWhenIsAskedAgain() {
        var verdicts = new MutationVerdicts(canaries);
        assertThat(verdicts.sentBack(response(503, "away"))).contains(Duration.ofSeconds(2));
        assertThat(verdicts.sentBack(response(429, "slower"))).isEmpty();
        assertThat(verdicts.sentBack(new RawHttp.Response(503, "HTTP/1.1 503\r\n\r\n", Bytes.EMPTY)))
                .isEmpty();
    }

    @Test
    void stackTracesAreFoundAndWordsAreNot() {
        assertThat(wrong(STRANGER, 400, "x\n\tat io.pbts.support.Hex.decode(Hex.java:17)\n"))
                .hasSize(1);
        assertThat(wrong(STRANGER, 400, "{\"trace\":\"x\\n\\tat java.base/java.lang.Thread.run(Thread.java:1)\"}"))
                .hasSize(1);
        assertThat(wrong(STRANGER, 400, "org.postgresql.util.PSQLException: relation"))
                .hasSize(1);
        assertThat(wrong(STRANGER, 400, "Caused by: something")).hasSize(1);
        assertThat(wrong(STRANGER, 400, "Internal Error at noon (see Exception.java)"))
                .isEmpty();
    }

    @Test
    void secretsAreFoundButInWhatTheirOwnerIsGiven() {
        assertThat(wrong(STRANGER, 200, "is " + SECRET)).containsExactly("planted in the answer to " + ROUTE);
        assertThat(wrong(MEMBER, 400, "is " + SECRET)).hasSize(1);
        assertThat(wrong(MEMBER, 200, "is " + SECRET)).isEmpty();
    }

    @Test
    void errorsAndSecretsInNewLinesOfALogAreFound(@TempDir Path folder) throws IOException {
        Path log = folder.resolve("receipt-service.log");
        Files.writeString(log, "12:00 ERROR before\n");
        var tail = LogTail.of(folder);
        assertThat(tail.wrong(canaries)).isEmpty();
        Files.writeString(log, """
                12:00 ERROR before
                12:02 ERROR event=unexpected route="/x"
                java.lang.NullPointerException
                12:03 INFO %s
                12:04 ERROR event=last
                """.formatted(SECRET));
        assertThat(tail.wrong(canaries))
                .containsExactly(
                        "receipt-service.log: 12:02 ERROR event=unexpected route=\"/x\"; java.lang.NullPointerException",
                        "planted in receipt-service.log",
                        "receipt-service.log: 12:04 ERROR event=last");
    }

    private List<String> wrong(MutationCallers.Caller caller, int status, String body) {
        var verdicts = new MutationVerdicts(canaries);
        var request = new Mutations.Request(ROUTE, caller, true, bytes("GET /stats HTTP/1.1\r\n\r\n"));
        verdicts.judge(request, response(status, body));
        return verdicts.wrong();
    }

    private static RawHttp.Response response(int status, String body) {
        return new RawHttp.Response(status, "HTTP/1.1 %d\r\nRetry-After: 2\r\n\r\n".formatted(status), bytes(body));
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
