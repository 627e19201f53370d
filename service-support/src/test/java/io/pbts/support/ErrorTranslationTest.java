package io.pbts.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

class ErrorTranslationTest {
    record Body(int number) {}

    @RestController
    static class Edge {
        @GetMapping({"/user/{what}", "/api/v1/{what}", "/admin/v1/{what}"})
        String fail(@PathVariable String what) {
            throw switch (what) {
                case "refused" -> new Refusal(429, "too-many", "Wait a little", Duration.ofMillis(1500), null);
                case "offered" -> new Refusal(422, "wrong", "Wrong").with("better", "this");
                case "away" -> new FactUnavailable("reputation-service", null);
                case "database" -> new QueryTimeoutException("too slow");
                case "rollback" -> uncategorized(new SQLException("Connection is closed"));
                case "connection" -> uncategorized(new SQLException("An I/O error occurred", "08006"));
                case "server" -> uncategorized(new SQLException("could not find tuple", "XX000"));
                case "undecodable" -> new InvalidParameterException("Parameter [limit] with value [a secret]");
                default -> new IllegalStateException("a secret detail");
            };
        }

        @PostMapping("/report")
        int read(@RequestBody Body body) {
            return body.number();
        }
    }

    private static RuntimeException uncategorized(SQLException cause) {
        return new UncategorizedSQLException("rollback", null, cause);
    }

    private final MockMvcTester http =
            MockMvcTester.create(org.springframework.test.web.servlet.setup.MockMvcBuilders.standaloneSetup(new Edge())
                    .setControllerAdvice(new ErrorTranslation())
                    .setMessageConverters(new JacksonJsonHttpMessageConverter())
                    .build());

    @Test
    void aRefusalKeepsItsStatusCodeAndWait() {
        MvcTestResult answer = http.get().uri("/api/v1/refused").exchange();
        assertThat(answer).hasStatus(429).hasHeader("Retry-After", "2").hasContentType("application/problem+json");
        assertThat(answer).bodyJson().extractingPath("$.code").isEqualTo("too-many");
        assertThat(answer).bodyJson().extractingPath("$.detail").isEqualTo("Wait a little");
    }

    @Test
    void aRefusalMayOfferWhatToGoOnWith() {
        MvcTestResult answer = http.get().uri("/api/v1/offered").exchange();
        assertThat(answer).bodyJson().extractingPath("$.better").isEqualTo("this");
        assertThat(answer).bodyJson().extractingPath("$.code").isEqualTo("wrong");
        assertThat(http.get().uri("/user/offered")).hasStatus(422).bodyJson().doesNotHavePath("$.better");
    }

    @Test
    void theOperatorsRoutesGetProblemsToo() {
        assertThat(http.get().uri("/admin/v1/refused"))
                .hasContentType("application/problem+json")
                .bodyJson()
                .extractingPath("$.code")
                .isEqualTo("too-many");
    }

    @Test
    void theOriginalsRoutesGetTheOriginalsShape() {
        assertThat(http.get().uri("/user/refused"))
                .hasStatus(429)
                .bodyJson()
                .isStrictlyEqualTo("{\"success\":false,\"error\":\"Wait a little\"}");
    }

    @Test
    void aFactThatCannotBeHadSaysWhoseAndWhenToComeBack() {
        MvcTestResult answer = http.get().uri("/user/away").exchange();
        assertThat(answer).hasStatus(503).hasHeader("Retry-After", "2");
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.error")
                .asString()
                .contains("reputation-service", "nothing was counted");
    }

    @Test
    void aDatabaseThatIsAwayIsNotAnInternalError() {
        assertThat(http.get().uri("/api/v1/database")).hasStatus(503);
        assertThat(http.get().uri("/api/v1/rollback")).hasStatus(503);
        assertThat(http.get().uri("/api/v1/connection")).hasStatus(503);
    }

    @Test
    void whatTheDatabaseItselfRefusesIsOne() {
        assertThat(http.get().uri("/api/v1/server")).hasStatus(500);
    }

    @Test
    void anUnexpectedFailureTellsNothing() {
        assertThat(http.get().uri("/api/v1/boom")).hasStatus(500).bodyText().doesNotContain("secret");
    }

    @Test
    void parametersThatAreNotTextAre400AndNotQuoted() {
        assertThat(http.get().uri("/api/v1/undecodable"))
                .hasStatus(400)
                .bodyText()
                .contains("invalid-parameter")
                .doesNotContain("secret");
    }

    @Test
    void aBodyThatIsNotJsonIs400() {
        assertThat(http.post()
                        .uri("/report")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"number\":"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.error")
                .asString()
                .startsWith("Invalid JSON");
    }
}
