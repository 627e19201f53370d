package io.pbts.local.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pbts.local.console.Trouble;
import io.pbts.local.directory.StackDescription.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFileTest {
    private static final StackDescription STARTING = new StackDescription(
            "starting",
            "local",
            "http://localhost:8000",
            "http://localhost:8000/docs",
            "http://localhost:6969/announce",
            List.of("http://localhost:6969/<passkey>/announce"),
            "http://127.0.0.1:8005",
            "secrets/gateway-service/pbts.admin-key",
            "http://127.0.0.1:8545",
            "jdbc:postgresql://127.0.0.1:5432/pbts",
            null,
            7,
            Map.of("gateway-service", new Part(8, 8000, "logs/gateway-service.log")));

    @TempDir
    Path folder;

    DataDirectory directory;
    StackFile file;

    @BeforeEach
    void open() {
        directory = new DataDirectory(folder.resolve("data"));
        directory.prepare();
        file = new StackFile(directory);
    }

    @Test
    void readsWhatWasWrittenAlsoBeforeThereIsALedger() {
        assertThat(file.read()).isEmpty();
        file.write(STARTING);
        assertThat(file.read()).contains(STARTING);
    }

    @Test
    void saysWhatToDoWhenAnotherVersionWroteIt() throws IOException {
        file.write(STARTING);
        String written = Files.readString(directory.stackFile());
        Files.writeString(directory.stackFile(), written.replace("docs_url", "documents"));
        assertThatExceptionOfType(Trouble.class)
                .isThrownBy(file::read)
                .withMessage("%s is of another version of PBTS, or broken; ./pbts down stops what runs there"
                        .formatted(directory.stackFile()));
    }
}
