package io.pbts.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManualTest {
    @TempDir
    private Path home;

    @Test
    void theManualHasEachCommandWithItsOptionsAndEveryLineIsAMacroOrPlainText() {
        TestWorld world = new TestWorld(home);
        assertThat(world.run("manual")).isZero();
        assertThat(world.out())
                .startsWith(".TH \"PBTS-AGENT\" 1")
                .contains(".SS pbts agent seed\n", ".SS pbts agent receipts submit\n", ".SS pbts agent wallet import\n")
                .contains("\\fB\\-\\-upload\\-limit=BYTES\\fR\n")
                .contains("\\fB4\\fR\nthe tracker refused\n")
                .contains("XDG_STATE_HOME");
        assertThat(world.out().lines().filter(line -> line.startsWith(".")))
                .allMatch(line -> line.matches("\\.(TH|SH|SS) .*|\\.(P|TP|nh)|\\.ad l"));
        assertThat(world.out().lines().filter(line -> line.startsWith("'"))).isEmpty();
    }

    @Test
    void whatLooksLikeAMacroIsText() {
        Roff page = new Roff();
        page.text(".so /etc/passwd");
        page.item("a\\b", "one\n.two");
        assertThat(page.text()).isEqualTo(".P\n\\&.so /etc/passwd\n.TP\n\\fBa\\eb\\fR\none .two\n");
    }
}
