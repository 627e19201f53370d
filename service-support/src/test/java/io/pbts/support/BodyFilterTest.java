package io.pbts.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

class BodyFilterTest {
    private final BodyFilter filter =
            new BodyFilter(new BodyProperties(DataSize.ofBytes(10), Map.of("/api/v1/torrents", DataSize.ofBytes(20))));

    @Test
    void aBodyThatSaysItIsTooLongIsRefusedWithTheLimitNamed() throws Exception {
        var response = new MockHttpServletResponse();
        filter.doFilter(post("/report", "12345678901"), response, notReached());
        assertThat(response.getStatus()).isEqualTo(413);
        assertThat(response.getContentAsString()).contains("\"success\":false", "10 bytes");
    }

    @Test
    void theNewApiGetsAProblem() throws Exception {
        var response = new MockHttpServletResponse();
        filter.doFilter(post("/api/v1/torrents", "x".repeat(21)), response, notReached());
        assertThat(response.getStatus()).isEqualTo(413);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getContentAsString()).contains("\"code\":\"body-too-large\"", "20 bytes");
    }

    @Test
    void bytesAreCountedWhateverTheLengthHeaderSays() throws Exception {
        var lying = new MockHttpServletRequest("POST", "/report") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        lying.setContent("12345678901".getBytes(StandardCharsets.US_ASCII));
        FilterChain reading = (request, response) -> assertThatExceptionOfType(BodyTooLarge.class)
                .isThrownBy(() -> request.getInputStream().readAllBytes());
        filter.doFilter(lying, new MockHttpServletResponse(), reading);
    }

    @Test
    void aBodyOfExactlyTheLimitPasses() throws Exception {
        AtomicReference<String> read = new AtomicReference<>("");
        FilterChain reading = (request, response) ->
                read.set(new String(request.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        filter.doFilter(post("/report", "1234567890"), new MockHttpServletResponse(), reading);
        assertThat(read.get()).isEqualTo("1234567890");
    }

    @Test
    void whatCurlSendsByDefaultIsReadAsJson() throws Exception {
        assertThat(typeSeenFor("application/x-www-form-urlencoded")).isEqualTo("application/json");
        assertThat(typeSeenFor(null)).isEqualTo("application/json");
        assertThat(typeSeenFor("application/x-bittorrent")).isEqualTo("application/x-bittorrent");
    }

    private String typeSeenFor(String sent) throws Exception {
        MockHttpServletRequest request = post("/config", "{}");
        request.setContentType(sent);
        AtomicReference<String> seen = new AtomicReference<>("");
        filter.doFilter(
                request,
                new MockHttpServletResponse(),
                (inner, response) -> seen.set(((HttpServletRequest) inner).getHeader("Content-Type")));
        return seen.get();
    }

    private static MockHttpServletRequest post(String path, String body) {
        var request = new MockHttpServletRequest("POST", path);
        request.setContent(body.getBytes(StandardCharsets.US_ASCII));
        return request;
    }

    private static FilterChain notReached() {
        return (request, response) -> {
            throw new AssertionError("the body passed");
        };
    }
}
