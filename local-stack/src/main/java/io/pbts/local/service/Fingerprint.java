package io.pbts.local.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What a start-up cache depends on: the jar's content, the JVM and its flags. */
record Fingerprint(String text) {
    private static final int LENGTH = 16;

    /** Reads the jar's directory only: names, sizes and checksums of the entries stand for their bytes. */
    static Fingerprint of(Path jar, Jvm jvm) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(String.join("\n", Jvm.FLAGS).getBytes(StandardCharsets.UTF_8));
            digest.update(jvm.version().getBytes(StandardCharsets.UTF_8));
            zip.stream().map(Fingerprint::line).forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
            return new Fingerprint(HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static boolean isSpringBoot(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.getEntry("BOOT-INF/") != null || zip.getEntry("BOOT-INF/classpath.idx") != null;
        }
    }

    private static String line(ZipEntry entry) {
        return "\n%s %d %d".formatted(entry.getName(), entry.getSize(), entry.getCrc());
    }
}
