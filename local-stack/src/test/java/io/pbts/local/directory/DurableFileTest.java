package io.pbts.local.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @TempDir
    Path folder;

    @Test
    void keepsTheOldContentWhenANewOneBreaksOff() throws IOException {
        var file = new DurableFile(folder.resolve("state"));
        file.write("old".getBytes(StandardCharsets.US_ASCII));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> file.write(out -> {
                    out.write('n');
                    throw new IOException("cut");
                }));
        assertThat(file.path()).hasContent("old");
        file.write("new".getBytes(StandardCharsets.US_ASCII));
        assertThat(file.path()).hasContent("new");
    }

    @Test
    void survivesADraftOfAKilledRun() throws IOException {
        Files.writeString(folder.resolve("state.draft"), "half");
        var file = new DurableFile(folder.resolve("state"));
        file.write("whole".getBytes(StandardCharsets.US_ASCII));
        assertThat(file.path()).hasContent("whole");
    }
}
