package io.pbts.support.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SecretTest {
    private static final String VALUE = "canary-5f0b1c9e7d2a4b3c8e6f";

    @Test
    void neverPrintsItself() {
        Secret secret = Secret.of(VALUE);
        assertThat(secret).hasToString("[REDACTED]");
        assertThat(List.of(secret).toString()).isEqualTo("[[REDACTED]]");
        assertThat("%s".formatted(secret)).doesNotContain("canary");
    }

    @Test
    void isNotWrittenIntoJson() {
        record Holder(Secret key) {}
        var json = JsonMapper.builder()
                .disable(tools.jackson.databind.SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build();
        assertThat(json.writeValueAsString(new Holder(Secret.of(VALUE)))).doesNotContain("canary");
    }

    @Test
    void twoOfThemAreNotComparedByContent() {
        assertThat(Secret.of(VALUE)).isNotEqualTo(Secret.of(VALUE));
    }

    @Test
    void matchesItsOwnTextAndNoOther() {
        Secret secret = Secret.of(VALUE + "\n");
        assertThat(secret.matches(VALUE)).isTrue();
        assertThat(secret.matches(VALUE + "x")).isFalse();
        assertThat(secret.matches("")).isFalse();
    }

    @Test
    void mayBeSeveralValuesTheCurrentOneFirst() {
        assertThat(Secret.of("new\n\nold\n").lines()).extracting(Secret::reveal).containsExactly("new", "old");
    }
}
