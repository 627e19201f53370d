package io.pbts.announce.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.RawClient;
import io.pbts.announce.testing.RawClient.Answer;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.support.testing.SpoiledToken;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Only the gateway is let in at the internal listener, and there only it is believed whom it asks for. */
class InternalDoorTest {
    private static final Bytes HASH = Bytes.repeat((byte) 0x1D, 20);
    private static final String ADDRESS = "X-PBTS-Client-Address: 198.51.100.4";
    private static TrackerFixture tracker;

    @BeforeAll
    static void start() {
        tracker = new TrackerFixture("local");
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    private static String target() {
        return Announce.of(HASH, 6881).target();
    }

    private static void assertRefused(String what, String code, String... lines) throws IOException {
        try (var client = new RawClient(tracker.internal())) {
            Answer answer = client.get(target(), lines);
            assertThat(answer.status()).as(what).isEqualTo(401);
            assertThat(answer.body().text()).as(what).startsWith(code + ":").hasSizeLessThan(80);
            assertThat(answer.headers()).as(what).containsKey("www-authenticate");
            assertThat(answer.closes()).as(what).isTrue();
            assertThat(client.isClosedByServer()).as(what).isTrue();
        }
    }

    private static String header(String token) {
        return TestToken.HEADER + ": " + token;
    }

    @Test
    void refusesWhoeverIsNotTheGateway() throws IOException {
        String good = TrackerFixture.gatewayToken();
        assertRefused("none", "token-missing", ADDRESS);
        assertRefused("empty", "token-missing", header(""), ADDRESS);
        assertRefused("twice", "token-missing", good, good, ADDRESS);
        for (String service : List.of("receipt", "reputation", "contract", "announce")) {
            assertRefused(
                    service,
                    "token-issuer",
                    header(TestKeys.token(service, "announce").text()),
                    ADDRESS);
        }
        List<SpoiledToken> spoiled = SpoiledToken.matrix("announce");
        assertThat(spoiled).hasSizeGreaterThan(20);
        for (SpoiledToken token : spoiled) {
            assertRefused(token.name(), token.code(), header(token.text()), ADDRESS);
        }
    }

    @Test
    void takesTheGatewaysTokenWithOrWithoutACallerAndAsksForNothingElseTwice() throws IOException {
        TestToken gateway = TestKeys.token("gateway", "announce");
        for (TestToken token : List.of(gateway, gateway.asAnonymous("198.51.100.4"), gateway.asAccount(1, "x"))) {
            String line = header(token.text());
            try (var client = new RawClient(tracker.internal())) {
                for (int i = 0; i < 50; i++) {
                    Answer answer = client.get(target(), line, ADDRESS);
                    assertThat(answer.body().failure()).isEmpty();
                    assertThat(answer.body().dictionary().string("external ip")).contains(Bytes.of(198, 51, 100, 4));
                }
            }
        }
    }

    @Test
    void checksTheTokenOfEveryRequestOfAConnection() throws IOException {
        try (var client = new RawClient(tracker.internal())) {
            assertThat(client.get(target(), TrackerFixture.gatewayToken(), ADDRESS)
                            .status())
                    .isEqualTo(200);
            assertThat(client.get(target(), ADDRESS).status()).isEqualTo(401);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void believesNoTokenLongerThanItsKeyIsInTheKeySet() throws Exception {
        String token = TrackerFixture.gatewayToken();
        try (var other = new TrackerFixture("local");
                var client = new RawClient(other.internal())) {
            assertThat(client.get(target(), token, ADDRESS).status()).isEqualTo(200);
            String without = TestKeys.keySet(List.of(TestKeys.key("announce"), TestKeys.anotherKey("gateway")));
            Files.writeString(other.secrets().resolve("pbts.service-keys"), without);
            await().until(() -> client.get(target(), token, ADDRESS).status() == 401);
        }
    }

    @Test
    void tellsWhatIsWrongBeforeAnythingOfTheRequestIsServed() throws IOException {
        try (var client = new RawClient(tracker.internal())) {
            assertThat(client.get("/favicon.ico", ADDRESS).status()).isEqualTo(401);
        }
        assertThat(tracker.get(Announce.of(Bytes.repeat((byte) 0x1E, 20), 1).target())
                        .body()
                        .integer("incomplete"))
                .isEqualTo(1);
    }

    @Test
    void ignoresTokenAndAddressAtTheDirectListener() throws IOException {
        for (String line : new String[] {TrackerFixture.gatewayToken(), header("rubbish"), header("")}) {
            try (var client = new RawClient(tracker.direct())) {
                Answer answer = client.get(target(), line, ADDRESS);
                assertThat(answer.body().failure()).isEmpty();
                assertThat(answer.body().dictionary().string("external ip")).contains(Bytes.of(127, 0, 0, 1));
            }
        }
    }
}
