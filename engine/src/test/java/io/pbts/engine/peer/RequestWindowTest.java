package io.pbts.engine.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.Block;
import org.junit.jupiter.api.Test;

class RequestWindowTest {
    private final RequestWindow window = new RequestWindow();

    private void receive(int blocks) {
        for (int i = 0; i < blocks; i++) {
            window.received();
        }
    }

    @Test
    void growsWithEachBlockAsLongAsThatMakesItFaster() {
        window.bound(1000);
        int before = window.size();
        receive(100);
        assertThat(window.size()).isEqualTo(before + 100);
        window.tick(1_000_000);
        window.tick(2_000_000);
        receive(50);
        assertThat(window.size()).isEqualTo(before + 150);
    }

    @Test
    void thenHoldsWhatComesInASecond() {
        window.bound(1000);
        window.tick(3_000_000);
        window.tick(3_000_000);
        window.tick(200.0 * Block.SIZE);
        receive(100);
        assertThat(window.size()).isEqualTo(200);
        window.tick(1);
        assertThat(window.size()).isEqualTo(16);
    }

    @Test
    void isNeverMoreThanThePeerKeeps() {
        receive(5000);
        assertThat(window.size()).isEqualTo(RequestWindow.UNSAID);
        window.bound(10);
        assertThat(window.size()).isEqualTo(10);
        window.bound(Integer.MAX_VALUE);
        receive(5000);
        assertThat(window.size()).isEqualTo(RequestWindow.MAX);
        window.bound(-1);
        assertThat(window.size()).isEqualTo(1);
    }

    @Test
    void startsOverAfterSilence() {
        receive(100);
        window.snubbed();
        assertThat(window.size()).isEqualTo(2);
        receive(3);
        assertThat(window.size()).isEqualTo(5);
    }
}
