package io.pbts.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pbts.gateway.route.RouteTable;
import io.pbts.support.Refusal;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class DoorTest {
    private static final TrustedProxies NONE = new TrustedProxies(List.of());
    private final Door local = new Door(RouteTable.forLocal(), NONE);
    private final Door production = new Door(RouteTable.forProduction(), NONE);

    @ParameterizedTest
    @ValueSource(
            strings = {"/keygen", "/attest", "/config", "/contract/init", "/register", "/report", "/api/v1/torrents"})
    void believesOnlyTheSocketThatACallerIsThisMachine(String path) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> enter(local, HttpMethod.POST, path, "192.0.2.7"))
                .matches(refusal -> refusal.status() == 403);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> enter(local, HttpMethod.POST, path, "2001:db8::7"))
                .matches(refusal -> refusal.status() == 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"})
    void letsThisMachineUseUnsafeRoutesInProfileLocal(String address) {
        assertThat(enter(local, HttpMethod.POST, "/keygen", address)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/register", "/report", "/api/v1/torrents", "/verify-receipt"})
    void letsEveryoneInWhereOwnersAskForCredentials(String path) {
        assertThat(enter(production, HttpMethod.POST, path, "192.0.2.7")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,192.0.2.7",
        "::ffff:192.0.2.7,192.0.2.7",
        "2001:db8::7,2001:db8:0:0:0:0:0:7",
        "fe80::1%1,fe80:0:0:0:0:0:0:1"
    })
    void tellsTheTrackerTheAddressOfTheSocket(String address, String told) {
        HttpHeaders headers = enter(production, HttpMethod.GET, "/announce", address);
        assertThat(headers.get(ClientHeaders.CLIENT_ADDRESS)).containsExactly(told);
    }

    private static HttpHeaders enter(Door door, HttpMethod method, String path, String address) {
        var request = MockServerHttpRequest.method(method, path)
                .remoteAddress(new InetSocketAddress(address, 50_000))
                .header("X-Forwarded-For", "127.0.0.1")
                .header("Forwarded", "for=127.0.0.1")
                .header("X-Real-IP", "127.0.0.1")
                .header(ClientHeaders.CLIENT_ADDRESS, "127.0.0.1")
                .build();
        var seen = new AtomicReference<HttpHeaders>();
        door.filter(
                        MockServerWebExchange.from(request),
                        admitted -> Mono.fromRunnable(
                                () -> seen.set(admitted.getRequest().getHeaders())))
                .block();
        return seen.get();
    }
}
