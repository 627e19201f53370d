package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.Http;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.LocalTracker;
import io.pbts.support.testing.TestKeys;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code local} opens is open on the gateway's own machine only: its token says where a caller sits, nothing else does. */
class LocalCallerTest extends LocalTracker {
    @ParameterizedTest
    @ValueSource(strings = {"/keygen", "/attest", "/config"})
    void keepsTheUnsafeRoutesFromCallersElsewhere(String route) {
        Reply reply = http.asStranger().post(route, Map.of("receipt_window", 60));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text()).doesNotContain("private_key");
        assertThat(http.get("/config").json().path("receipt_window").asLong()).isEqualTo(3600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.7", "10.0.0.1", "::ffff:198.51.100.7", "2001:db8::1", "0.0.0.0", "169.254.1.1"})
    void takesNobodyElsewhereAtItsWord(String address) {
        Http elsewhere = http.as(TestKeys.token("gateway", "receipt").asAnonymous(address));
        assertThat(elsewhere.post("/report", Map.of("user_id", sender.name())).status())
                .isEqualTo(401);
        assertThat(elsewhere.post("/verify-receipt", Map.of()).status()).isEqualTo(401);
    }

    /** The socket of every one of these requests is loopback too: the gateway's. */
    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-For, 127.0.0.1",
        "Forwarded, for=127.0.0.1",
        "X-Real-IP, 127.0.0.1",
        "X-PBTS-Client-Address, 127.0.0.1",
        "X-Client-IP, ::1",
        "True-Client-IP, 127.0.0.1",
        "Via, 1.1 localhost"
    })
    void doesNotBelieveAHeaderAboutTheAddress(String header, String value) {
        assertThat(http.asStranger().post("/keygen", Map.of(), header, value).status())
                .isEqualTo(403);
        assertThat(http.asStranger()
                        .post("/report", Map.of("user_id", sender.name()), header, value)
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "0:0:0:0:0:0:0:1"})
    void servesThisMachine(String address) {
        Http here = http.as(TestKeys.token("gateway", "receipt").asAnonymous(address));
        assertThat(here.post("/keygen", Map.of()).status()).isEqualTo(200);
        assertThat(here.post("/report", Map.of("user_id", sender.name())).status())
                .isEqualTo(200);
    }

    @Test
    void letsAStrangerReportWithItsPasskeyOrToken() {
        Map<String, Object> body = Map.of("user_id", sender.name());
        assertThat(http.asStranger()
                        .post(
                                "/report",
                                body,
                                "X-PBTS-Passkey",
                                sender.passkey().value())
                        .status())
                .isEqualTo(200);
        Http session = http.as(TestKeys.token("gateway", "receipt").asAccount(sender.id(), sender.name()));
        assertThat(session.post("/report", body).status()).isEqualTo(200);
        assertThat(session.post("/keygen", Map.of()).status())
                .as("signed in, and elsewhere")
                .isEqualTo(403);
    }

    /** Its address would do for a caller without any credential; a credential that is not good for this does not become one. */
    @Test
    void refusesAnApiKeyWithoutTheScopeAlsoOnThisMachine() {
        Map<String, Object> key = Map.of(
                "kind", "account",
                "address", "127.0.0.1",
                "account_id", Long.toString(sender.id()),
                "user_id", sender.name(),
                "scopes", List.of("torrents"),
                "credential", "api-key",
                "credential_id", "test key");
        Http here = http.as(TestKeys.token("gateway", "receipt").with("caller", key));
        assertThat(here.post("/report", Map.of("user_id", sender.name())).status())
                .isEqualTo(403);
    }

    @Test
    void givesNoServiceTheUnsafeRoutes() {
        assertThat(http.asService("gateway").post("/keygen", Map.of()).status()).isEqualTo(403);
    }
}
