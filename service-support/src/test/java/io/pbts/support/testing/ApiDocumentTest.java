package io.pbts.support.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiDocumentTest {
    private static final String ONE = """
            {"tags": [{"name": "b"}, {"name": "a"}], "servers": [{"url": "http://127.0.0.1:4711"}],
             "paths": {"/two": {}, "/one": {}}}""";
    private static final String OTHER = """
            {"paths": {"/one": {}, "/two": {}}, "tags": [{"name": "a"}, {"name": "b"}]}""";

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }

    @Test
    void isWrittenAlikeWhateverTheOrderAndTheAddress() {
        assertThat(ApiDocument.canonical(json(ONE)))
                .isEqualTo(ApiDocument.canonical(json(OTHER)))
                .doesNotContain("4711")
                .endsWith("}\n");
    }

    @Test
    void aDriftedDocumentFailsWithTheLineAndTheWayToRefreshIt() {
        String committed = ApiDocument.canonical(json(ONE));
        String answered = committed.replace("/two", "/three");

        assertThatThrownBy(() -> ApiDocument.requireSame("library-service", committed, answered))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("committed: \"/two\"")
                .hasMessageContaining("answered:  \"/three\"")
                .hasMessageContaining("-Dpbts.openapi.update=true");
    }

    @Test
    void aControllerWithoutAReadableTagFails() {
        JsonNode served = json("""
                {"paths": {"/register": {"post": {"tags": ["register-controller"]}}}}""");

        assertThatThrownBy(() -> ApiDocument.requireCommitted("library-service", served))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("register-controller");
    }
}
