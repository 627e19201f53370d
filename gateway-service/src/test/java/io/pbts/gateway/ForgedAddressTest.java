package io.pbts.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgedAddressTest {
    private static final String VICTIM = "203.0.113.99";

    static List<String> forms() {
        List<String> forms = new ArrayList<>();
        for (int hops : new int[] {1, 2, 3, 5, 10, 20, 50}) {
            forms.add("X-Forwarded-For: " + chain(hops));
        }
        for (String name : List.of(
                "x-forwarded-for",
                "X-FORWARDED-FOR",
                "X-fOrWaRdEd-FoR",
                "X_Forwarded_For",
                "X-Forwarded_For",
                "X-Forwarded",
                "X-Forwarded-Client",
                "X-Forwarded-Host",
                "X-Forwarded-By",
                "X-Original-Forwarded-For",
                "X-Original-Remote-Addr",
                "X-Real-IP",
                "X_Real_IP",
                "X-Client-IP",
                "X-Cluster-Client-IP",
                "True-Client-IP",
                "CF-Connecting-IP",
                "CF-Connecting-IPv6",
                "CF-Pseudo-IPv4",
                "Fastly-Client-IP",
                "Via",
                "X-PBTS-Client-Address",
                "x-pbts-client-address",
                "X_PBTS_Client_Address",
                "X-PBTS-Service-Token",
                "X_PBTS_Service_Token",
                "X-PBTS-Anything")) {
            forms.add(name + ": " + VICTIM);
        }
        forms.add("X-Forwarded-For: " + VICTIM + "\r\nX-Forwarded-For: " + VICTIM);
        forms.add("X-Forwarded-For: " + VICTIM + "\r\nx-forwarded-for: 127.0.0.1");
        forms.add("X-Forwarded-For: ::ffff:" + VICTIM);
        forms.add("X-Forwarded-For: [" + VICTIM + "]:80, " + VICTIM + ":1");
        forms.add("Forwarded: for=" + VICTIM);
        forms.add("Forwarded: for=_hidden;by=" + VICTIM);
        forms.add("Forwarded: For=\"[" + VICTIM + "]:1\", for=" + VICTIM);
        forms.add("Connection: close, X-PBTS-Client-Address\r\nX-PBTS-Client-Address: " + VICTIM);
        forms.add("Connection: close, X-PBTS-Service-Token\r\nX-Forwarded-For: " + VICTIM);
        return forms;
    }

    @Test
    void isTheSocketsWhateverFortyHeadersSay() throws IOException {
        assertThat(forms()).hasSizeGreaterThanOrEqualTo(40);
        try (Stack stack = Stack.production()) {
            for (String form : forms()) {
                assertThatAddressIs("127.0.0.1", form, stack);
            }
        }
    }

    @Test
    void isTheSocketsAlsoForWhoeverIsNoTrustedProxy() throws IOException {
        try (Stack stack = Stack.production("PBTS_TRUSTED_PROXIES=192.0.2.0/24,2001:db8::/32")) {
            for (String form : forms()) {
                assertThatAddressIs("127.0.0.1", form, stack);
            }
        }
    }

    /** One stack for all of them: its start takes longer than the rest. */
    @Nested
    class BehindTrustedProxies {
        private static Stack stack;

        @BeforeAll
        static void start() throws IOException {
            stack = Stack.production("PBTS_TRUSTED_PROXIES=127.0.0.0/8, 10.9.0.0/16");
        }

        @AfterAll
        static void stop() throws IOException {
            stack.close();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "198.51.100.7 | 198.51.100.7",
                    "203.0.113.99, 198.51.100.7 | 198.51.100.7",
                    "203.0.113.99, 198.51.100.7, 10.9.0.1, 127.0.0.1 | 198.51.100.7",
                    "203.0.113.99, nonsense, 10.9.0.1 | 10.9.0.1",
                    "203.0.113.99, unknown | 0.0.0.0",
                    "203.0.113.99, 198.51.100.07 | 0.0.0.0",
                    "203.0.113.99, localhost | 0.0.0.0",
                    "203.0.113.99, 3405803876 | 0.0.0.0",
                    "2001:db8::7 | 2001:db8:0:0:0:0:0:7",
                    "::ffff:198.51.100.7 | 198.51.100.7",
                    "203.0.113.99, 127.0.0.1 | 203.0.113.99",
                    "127.0.0.1 | 0.0.0.0",
                    "203.0.113.99, ::1 | 0.0.0.0"
                })
        void isTheRightmostThatNoTrustedProxyHas(String chain, String address) {
            assertThatAddressIs(address, "X-Forwarded-For: " + chain, stack);
        }
    }

    /** A proxy on this machine stands for the whole world, and so do all the words it forwards. */
    @Test
    void isNeverThisMachineBehindAProxyInProfileLocal() throws IOException {
        try (Stack stack = Stack.local("PBTS_TRUSTED_PROXIES=127.0.0.1")) {
            for (String header : List.of(
                    "X-Forwarded-For: 127.0.0.1",
                    "X-Forwarded-For: ::1",
                    "X-Forwarded-For: ::ffff:127.0.0.1",
                    "X-Forwarded-For: 127.0.0.1, 127.0.0.1",
                    "X-Forwarded-For:",
                    "X-Real-IP: 127.0.0.1",
                    "Forwarded: for=127.0.0.1",
                    "A: b")) {
                for (String path : List.of("/keygen", "/attest", "/config", "/contract/init", "/register", "/report")) {
                    HttpMessage answer = stack.caller().post(path, "{}", header);
                    assertThat(answer.status()).as("%s %s", path, header).isEqualTo(403);
                }
                HttpMessage echoed = stack.caller().get("/announce?x", header);
                assertThat(echoed.body()).contains("\nX-PBTS-Client-Address: 0.0.0.0\n");
            }
        }
    }

    private static void assertThatAddressIs(String address, String form, Stack stack) {
        HttpMessage announce =
                stack.caller().raw("GET /announce?x HTTP/1.1\r\nHost: t\r\nConnection: close\r\n" + form + "\r\n\r\n");
        String head = announce.body();
        assertThat(head.lines().filter(line -> line.toLowerCase(java.util.Locale.ROOT)
                        .replace('_', '-')
                        .startsWith("x-pbts-client-address")))
                .as(form)
                .containsExactly("X-PBTS-Client-Address: " + address);
        assertThat(head.lines().filter(line -> line.toLowerCase(java.util.Locale.ROOT)
                        .replace('_', '-')
                        .startsWith("x-pbts-service-token")))
                .as(form)
                .hasSize(1);
        if (!address.equals(VICTIM)) {
            assertThat(head).as(form).doesNotContain(VICTIM);
        }
    }

    private static String chain(int hops) {
        return IntStream.range(0, hops).mapToObj(hop -> VICTIM).collect(Collectors.joining(", "));
    }
}
