package io.pbts.announce.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.RawClient;
import io.pbts.announce.testing.TrackerFixture;
import io.pbts.protocol.bencode.BDictionary;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way known to us to claim another address: peers get the socket's, or behind the gateway the gateway's word. */
class ForgedAddressTest {
    private static final String VICTIM = "203.0.113.66";
    private static final Bytes VICTIM_BYTES = Bytes.of(203, 0, 113, 66);
    private static final Bytes LOOPBACK = Bytes.of(127, 0, 0, 1);
    private static final Bytes BEHIND_GATEWAY = Bytes.of(198, 51, 100, 9);
    private static final int PORT = 6881;
    private static TrackerFixture tracker;
    private static int swarms;

    private final Bytes hash = Bytes.concatenate(Bytes.ofUnsignedInt(++swarms), Bytes.repeat((byte) 0xF0, 16));

    @BeforeAll
    static void start() {
        tracker = new TrackerFixture("local");
    }

    @AfterAll
    static void stop() {
        tracker.close();
    }

    /** Header lines, or with a question mark first, parameters. */
    static List<String> forms() {
        List<String> forms = new ArrayList<>();
        for (String name : List.of(
                "X-Forwarded-For",
                "x-forwarded-for",
                "X-FORWARDED-FOR",
                "X-Real-IP",
                "X-Client-IP",
                "Client-IP",
                "True-Client-IP",
                "CF-Connecting-IP",
                "CF-Connecting-IPv6",
                "Fastly-Client-IP",
                "X-Cluster-Client-IP",
                "X-Originating-IP",
                "X-Remote-IP",
                "X-Remote-Addr",
                "X-Original-Forwarded-For",
                "X-ProxyUser-Ip",
                "X-Envoy-External-Address",
                "X-AppEngine-User-IP",
                "Remote-Addr",
                "X-Host",
                "Via",
                "From",
                "Forwarded-For")) {
            forms.add(name + ": " + VICTIM);
        }
        forms.addAll(List.of(
                "X-Forwarded-For: " + VICTIM + ", 10.0.0.1",
                "X-Forwarded-For: 10.0.0.1, " + VICTIM,
                "X-Forwarded-For: ::ffff:" + VICTIM,
                "X-Forwarded-For: [::ffff:203.0.113.66]:6881",
                "X-Forwarded-For: " + (VICTIM + ", ").repeat(50) + VICTIM,
                "Forwarded: for=" + VICTIM,
                "Forwarded: for=\"[::ffff:203.0.113.66]\";proto=http;by=127.0.0.1",
                "Forwarded: for=_hidden, for=" + VICTIM,
                "X-PBTS-Client_Address: " + VICTIM,
                "X_PBTS_Client_Address: " + VICTIM,
                "X-PBTS-Client-Addresses: " + VICTIM,
                "Connection: X-PBTS-Client-Address, keep-alive",
                "?ip=" + VICTIM,
                "?ip=::ffff:" + VICTIM,
                "?ip=%32%30%33.0.113.66",
                "?IP=" + VICTIM,
                "?ip=" + VICTIM + ":6881",
                "?ipv4=" + VICTIM,
                "?ipv4=" + VICTIM + ":6881",
                "?ipv6=::ffff:" + VICTIM,
                "?ipv6=%5B::ffff:203.0.113.66%5D:6881",
                "?ipv6=%00%00%00%00%00%00%00%00%00%00%FF%FF%CB%00%71%42",
                "?ip=3405803842",
                "?ip=%CB%00%71%42",
                "?localip=" + VICTIM,
                "?address=" + VICTIM,
                "?X-PBTS-Client-Address=" + VICTIM));
        return forms;
    }

    /** At the direct listener these are anybody's words, too. */
    static Stream<String> directForms() {
        return Stream.concat(
                forms().stream(),
                Stream.of(
                        "X-PBTS-Client-Address: " + VICTIM,
                        "x-pbts-client-address: " + VICTIM,
                        "X-PBTS-Client-Address: ::ffff:" + VICTIM,
                        TrackerFixture.gatewayToken() + "\r\nX-PBTS-Client-Address: " + VICTIM));
    }

    @Test
    void knowsAtLeastFortyForms() {
        assertThat(forms()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(40);
    }

    @ParameterizedTest
    @MethodSource("directForms")
    void givesThePeerOfTheDirectListenerTheAddressOfItsSocket(String form) throws IOException {
        announce(tracker.direct(), form);
        assertGiven(LOOPBACK);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void givesThePeerBehindTheGatewayTheAddressThatTheGatewaySaw(String form) throws IOException {
        announce(tracker.internal(), form, TrackerFixture.gatewayToken(), "X-PBTS-Client-Address: 198.51.100.9");
        assertGiven(BEHIND_GATEWAY);
    }

    @Test
    void listsNobodyForWhomTheGatewayNamesTwoAddresses() throws IOException {
        for (String second : List.of("X-PBTS-Client-Address: ", "x-pbts-CLIENT-address: ")) {
            try (var client = new RawClient(tracker.internal())) {
                assertThat(client.get(
                                        Announce.of(hash, PORT).target(),
                                        TrackerFixture.gatewayToken(),
                                        "X-PBTS-Client-Address: 198.51.100.9",
                                        second + VICTIM)
                                .body()
                                .failure())
                        .contains("Client address missing or invalid");
            }
        }
        assertThat(tracker.get(Announce.of(hash, 2).target()).body().ports()).isEmpty();
    }

    private void announce(InetSocketAddress door, String form, String... lines) throws IOException {
        String target = Announce.of(hash, PORT).target();
        List<String> headers = new ArrayList<>(List.of(lines));
        if (form.startsWith("?")) {
            target = target.replace("?", form + "&") + form.replace('?', '&');
        } else {
            headers.addFirst(form);
            headers.add(form);
        }
        try (var client = new RawClient(door)) {
            assertThat(client.get(target, headers.toArray(String[]::new)).body().failure())
                    .as(form)
                    .isEmpty();
        }
    }

    /** In every form in which peers are given. */
    private void assertGiven(Bytes address) {
        BDictionary compact = tracker.get(
                        Announce.of(hash, 2).with("numwant", "50").target())
                .body()
                .dictionary();
        assertThat(compact.string("peers")).contains(Bytes.concatenate(address, Bytes.ofUnsignedShort(PORT)));
        assertThat(compact.string("peers6").orElse(Bytes.EMPTY)).isEqualTo(Bytes.EMPTY);
        String listed = tracker.get(Announce.of(hash, 3).with("compact", "0").target())
                .body()
                .text();
        assertThat(listed)
                .doesNotContain(VICTIM)
                .doesNotContain(new String(VICTIM_BYTES.toArrayUnsafe(), java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
