package io.pbts.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.local.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StageTest {
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(seen, true, StandardCharsets.UTF_8);
    private final Stage stage = new Stage(new Console(out, out), Optional.empty());

    @Test
    void showsAndCountsWhatIsProved() {
        stage.prove("bytes flow", true);
        assertThat(stage.proofs()).isEqualTo(1);
        assertThat(seen.toString(StandardCharsets.UTF_8)).contains("proved: bytes flow");
    }

    @Test
    void endsThePlayAtAClaimThatDoesNotHold() {
        assertThatThrownBy(() -> stage.prove("bytes flow", false, "0 bytes"))
                .isInstanceOf(ProofFailed.class)
                .hasMessage("bytes flow: 0 bytes");
        assertThat(stage.proofs()).isZero();
    }

    @Test
    void waitsForWhatTakesTimeAndSaysWhatItSawLast() {
        Iterator<Integer> answers = List.of(1, 2, 3).iterator();
        assertThat(stage.await("three", Duration.ofSeconds(20), answers::next, three -> three == 3))
                .isEqualTo(3);
        assertThatThrownBy(() -> stage.await("four", Duration.ZERO, () -> 3, four -> four == 4))
                .isInstanceOf(ProofFailed.class)
                .hasMessageContaining("last seen: 3");
    }
}
