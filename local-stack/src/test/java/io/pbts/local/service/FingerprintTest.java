package io.pbts.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
    private static final Jvm JVM = new Jvm(Path.of("java"), "25.0.3+9");

    @TempDir
    Path folder;

    @Test
    void staysTheSameForTheSameContent() throws IOException {
        Fingerprint first = Fingerprint.of(jar("one.jar", "content"), JVM);
        Path copy = jar("two.jar", "content");
        Files.setLastModifiedTime(copy, FileTime.from(Instant.EPOCH));
        assertThat(Fingerprint.of(copy, JVM)).isEqualTo(first);
    }

    @Test
    void changesWithTheContent() throws IOException {
        assertThat(Fingerprint.of(jar("one.jar", "content"), JVM))
                .isNotEqualTo(Fingerprint.of(jar("two.jar", "kontent"), JVM));
    }

    @Test
    void changesWithTheJvm() throws IOException {
        Path jar = jar("one.jar", "content");
        assertThat(Fingerprint.of(jar, JVM)).isNotEqualTo(Fingerprint.of(jar, new Jvm(Path.of("java"), "25.0.4+1")));
    }

    private Path jar(String name, String content) throws IOException {
        Path jar = folder.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("entry"));
            zip.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return jar;
    }
}
