package io.pbts.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.gateway.testing.FakeService;
import io.pbts.gateway.testing.HttpMessage;
import io.pbts.gateway.testing.Stack;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PagesTest {
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final String DOCUMENT = """
            {"openapi": "3.1.0", "info": {"title": "a service", "version": "1"},
             "servers": [{"url": "http://10.0.0.7:8103"}],
             "paths": {
               "/config": {"get": {"summary": "read"}, "post": {"summary": "change"}},
               "/keygen": {"post": {}},
               "/verify-receipt": {"post": {}},
               "/user/{user_id}": {"get": {}},
               "/internal/v1/limits": {"get": {}},
               "/actuator/health": {"get": {}}}}
            """;
    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.production();
        stack.receipt.behave(FakeService.answer(200, "application/json", DOCUMENT));
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/docs"})
    void servesPagesThatLoadNothingFromElsewhere(String path) {
        HttpMessage page = stack.caller().get(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.header("content-security-policy"))
                .startsWith("default-src 'self'")
                .doesNotContain("http");
        List<String> links =
                LINK.matcher(page.body()).results().map(link -> link.group(1)).toList();
        assertThat(links).allMatch(link -> link.startsWith("/") || link.startsWith("#"));
        assertThat(links.stream().filter(link -> link.matches("/(?:assets|docs)/.*")))
                .hasSizeGreaterThan(2)
                .allSatisfy(
                        link -> assertThat(stack.caller().get(link).status()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/swagger-ui-bundle.js", "/assets/status.js", "/docs/pbts-docs.js"})
    void servesScriptsAsScripts(String path) {
        assertThat(stack.caller().get(path).header("content-type")).startsWith("text/javascript");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/nope.js", "/docs/nope.js", "/assets/index.html", "/docs/package-info.class"})
    void hasNoOtherFiles(String path) {
        assertThat(stack.caller().get(path).status()).isEqualTo(404);
    }

    @Test
    void hasAnIcon() {
        HttpMessage icon = stack.caller().get("/favicon.ico");
        assertThat(icon.status()).isEqualTo(200);
        assertThat(icon.header("content-type")).isEqualTo("image/svg+xml");
    }

    @Test
    void describesAServiceAsItLooksFromOutside() {
        JsonNode document = JsonMapper.shared()
                .readTree(stack.caller().get("/v3/api-docs/receipt").body());
        assertThat(document.get("servers").toString()).isEqualTo("[{\"url\":\"/\"}]");
        assertThat(document.get("paths").propertyNames()).containsExactlyInAnyOrder("/config", "/verify-receipt");
        assertThat(document.get("paths").get("/config").propertyNames()).containsExactly("get");
    }

    @Test
    void saysThatAServiceDoesNotDescribeItselfNow() throws IOException {
        stack.announce.whileAway(() -> {
            HttpMessage answer = stack.caller().get("/v3/api-docs/announce");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).isEqualTo("2");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tracker", "gateway", "swagger-config", "RECEIPT"})
    void describesTheFourServicesOnly(String name) {
        assertThat(stack.caller().get("/v3/api-docs/" + name).status()).isEqualTo(404);
    }
}
