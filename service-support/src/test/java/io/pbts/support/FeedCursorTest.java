package io.pbts.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeedCursorTest {
    @Test
    void aCursorComesBackAsItWasHandedOut() {
        FeedCursor cursor = new FeedCursor(Long.MAX_VALUE, 7);
        assertThat(FeedCursor.parse(cursor.wire())).isEqualTo(cursor);
    }

    @Test
    void emptyMeansTheStart() {
        assertThat(FeedCursor.parse("")).isEqualTo(FeedCursor.START);
    }

    @Test
    void anythingElseIsRefusedWithAStableCode() {
        for (String odd : List.of("x", "1", "1.", "-1.2", "1.2.3", "9999999999999999999.1", " 1.2")) {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> FeedCursor.parse(odd))
                    .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400))
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("invalid-cursor"));
        }
    }
}
