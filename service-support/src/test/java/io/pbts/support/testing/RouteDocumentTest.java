package io.pbts.support.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RouteDocumentTest {
    private static final String INTERNAL = """
            {"method":"GET","path":"/internal/v1/fact","who":["SERVICE"],"services":["announce"]}""";
    private static final String CONFIG = """
            {"method":"POST","path":"/config","who":["LOOPBACK"],"services":[]}""";
    private static final String ADDED = """
            {"method":"GET","path":"/api/v1/added","who":["ANYONE"],"services":[]}""";
    private static final String DOCUMENT = """
            # Routes
            <!-- routes:other -->
            | method |
            <!-- /routes -->
            <!-- routes:receipt -->
            | method | path | who | profile |
            |---|---|---|---|
            | POST | /config | LOOPBACK | local |
            | GET | /internal/v1/fact | SERVICE(announce) | every |
            <!-- /routes -->
            """;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("routes.md"), DOCUMENT);
    }

    @Test
    void theCommittedTableIsAccepted() {
        assertThatNoException().isThrownBy(() -> require(INTERNAL + "," + CONFIG, INTERNAL));
    }

    @Test
    void aRouteAddedWithoutARowFailsAndIsNamed() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> require(INTERNAL + "," + CONFIG, INTERNAL + "," + ADDED))
                .withMessageContaining("/api/v1/added")
                .withMessageContaining("-Dpbts.routes.update=true");
    }

    @Test
    void aRouteOpenedToOthersFails() {
        String opened = INTERNAL.replace("\"announce\"", "\"announce\",\"receipt\"");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> require(opened + "," + CONFIG, opened))
                .withMessageContaining("SERVICE(announce, receipt)");
    }

    @Test
    void aRowWithoutARouteFails() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> require(INTERNAL, INTERNAL))
                .withMessageContaining("/config");
    }

    @Test
    void aRouteThatLeaksIntoProductionFails() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> require(INTERNAL + "," + CONFIG, INTERNAL + "," + CONFIG));
    }

    @Test
    void updatingRewritesItsOwnSectionOnly() throws IOException {
        System.setProperty("pbts.routes.update", "true");
        try {
            require(INTERNAL, INTERNAL + "," + ADDED);
        } finally {
            System.clearProperty("pbts.routes.update");
        }
        assertThat(file)
                .content()
                .contains("<!-- routes:other -->\n| method |\n<!-- /routes -->")
                .contains("| GET | /api/v1/added | ANYONE | production |\n")
                .doesNotContain("/config");
    }

    private void require(String local, String production) {
        RouteDocument.of("receipt", file).requireRoutes(Map.of("local", json(local), "production", json(production)));
    }

    private static JsonNode json(String routes) {
        return new JsonMapper().readTree("[" + routes + "]");
    }
}
