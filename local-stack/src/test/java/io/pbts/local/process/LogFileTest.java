package io.pbts.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    Path folder;

    @Test
    void keepsTheTwoRunsBefore() throws IOException {
        var log = new LogFile(folder.resolve("receipt.log"));
        for (String run : List.of("first", "second", "third", "fourth")) {
            log.rotate();
            Files.writeString(log.path(), run);
        }
        assertThat(folder.resolve("receipt.log")).hasContent("fourth");
        assertThat(folder.resolve("receipt.log.1")).hasContent("third");
        assertThat(folder.resolve("receipt.log.2")).hasContent("second");
        assertThat(folder.resolve("receipt.log.3")).doesNotExist();
    }

    @Test
    void showsItsLastLines() throws IOException {
        var log = new LogFile(folder.resolve("receipt.log"));
        Files.write(
                log.path(),
                IntStream.rangeClosed(1, 5_000).mapToObj("line %d"::formatted).toList());
        assertThat(log.tail()).hasSize(15).endsWith("line 4999", "line 5000");
    }

    @Test
    void showsNothingBeforeThereIsAnything() {
        assertThat(new LogFile(folder.resolve("receipt.log")).tail()).isEmpty();
    }
}
