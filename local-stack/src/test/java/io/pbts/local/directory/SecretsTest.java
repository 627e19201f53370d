package io.pbts.local.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void areMadeOnce() {
        String first = new Secrets(folder, new SecureRandom()).generated("receipt", "pbts.db.app-password");
        String again = new Secrets(folder, new SecureRandom()).generated("receipt", "pbts.db.app-password");
        assertThat(first).matches("[0-9a-f]{64}").isEqualTo(again);
    }

    @Test
    void differFromEachOther() {
        var secrets = new Secrets(folder, new SecureRandom());
        assertThat(secrets.generated("receipt", "pbts.db.app-password"))
                .isNotEqualTo(secrets.generated("receipt", "pbts.db.owner-password"))
                .isNotEqualTo(secrets.generated("announce", "pbts.db.app-password"))
                .isNotEqualTo(secrets.superuser());
    }

    @Test
    void areReadableByTheirOwnerOnly() throws IOException {
        var secrets = new Secrets(folder, new SecureRandom());
        secrets.generated("receipt", "pbts.db.app-password");
        secrets.put("receipt", "pbts.passkey-key", "ab");
        secrets.superuser();
        assertThat(permissions("receipt")).isEqualTo("rwx------");
        assertThat(permissions("receipt/pbts.db.app-password")).isEqualTo("rw-------");
        assertThat(permissions("receipt/pbts.passkey-key")).isEqualTo("rw-------");
        assertThat(permissions("postgres")).isEqualTo("rw-------");
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
    }
}
