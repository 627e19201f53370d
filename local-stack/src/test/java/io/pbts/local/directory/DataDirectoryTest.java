package io.pbts.local.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pbts.local.console.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void hidesTheSecretsFromOtherUsers() throws IOException {
        var directory = new DataDirectory(folder.resolve("a b"));
        directory.prepare();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.secrets())))
                .isEqualTo("rwx------");
    }

    @Test
    void aPartFindsNothingOfItsLastRunInItsScratchFolder() throws IOException {
        var directory = new DataDirectory(folder);
        Path other = Files.createFile(directory.scratch("receipt-service").resolve("kept"));
        Path left = Files.createDirectory(directory.scratch("announce-service").resolve("left"));
        Files.createFile(left.resolve("library.so"));
        assertThat(directory.scratch("announce-service"))
                .isEqualTo(left.getParent())
                .isEmptyDirectory();
        assertThat(other).exists();
    }

    @Test
    void saysWhatToDoAboutAFolderThatCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatExceptionOfType(Trouble.class)
                .isThrownBy(new DataDirectory(file.resolve("data"))::prepare)
                .withMessageStartingWith("cannot write to the data directory " + file.resolve("data"))
                .withMessageEndingWith("or choose another with --data-dir");
    }
}
