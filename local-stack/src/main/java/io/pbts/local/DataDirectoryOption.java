package io.pbts.local;

import io.pbts.local.directory.DataDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --data-dir}, the same for every command. */
final class DataDirectoryOption {
    @Option(names = "--data-dir", paramLabel = "D", required = true, description = "where everything is kept")
    private Path path = Path.of(".pbts");

    DataDirectory directory() {
        return new DataDirectory(path);
    }
}
