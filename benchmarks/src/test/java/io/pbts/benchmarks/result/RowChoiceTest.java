package io.pbts.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RowChoiceTest {
    @Test
    void takesARowThatThereIsOrNone() {
        assertThatCode(() -> RowChoice.require("udp", Stream.of("http-close", "udp")))
                .doesNotThrowAnyException();
        assertThatCode(() -> RowChoice.require("", Stream.of("udp"))).doesNotThrowAnyException();
    }

    @Test
    void namesTheRowsToWhoeverMistypesOne() {
        assertThatIOException()
                .isThrownBy(() -> RowChoice.require("http-closed", Stream.of("http-close", "udp")))
                .withMessage("no row \"http-closed\"; there are http-close, udp");
    }
}
