package io.pbts.local.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Secrets of this suite: made once, one file each, readable by their owner only. A service gets a folder with its own and no
 * other's, as it would from Kubernetes.
 */
public final class Secrets {
    /** A folder that no service reads, for what is to be used next. */
    public static final String NEXT = "next";

    private static final String OWNER_ONLY = "rwx------";
    private static final int BYTES = 32;

    private final Path root;
    private final SecureRandom random;

    public Secrets(Path root, SecureRandom random) {
        this.root = root;
        this.random = random;
    }

    /** The folder that a service reads. */
    public Path folder(String service) {
        Path folder = root.resolve(service);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 256 random bits in hex: from the file, or made now. */
    public String generated(String service, String name) {
        return generated(folder(service).resolve(name));
    }

    /** What a service's folder holds under this name. */
    public Optional<String> find(String service, String name) {
        Path file = folder(service).resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database superuser's password, which no service gets. */
    public String superuser() {
        return generated(root.resolve("postgres"));
    }

    /** Gives a service a secret that it shares with another or that is not random. */
    public void put(String service, String name, String value) {
        new DurableFile(folder(service).resolve(name)).write(value.getBytes(StandardCharsets.US_ASCII));
    }

    /** 256 random bits in hex that nobody has yet. */
    public String fresh() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Nothing stands under this name any more. */
    public void remove(String service, String name) {
        try {
            Files.deleteIfExists(folder(service).resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String generated(Path file) {
        try {
            if (!Files.exists(file)) {
                new DurableFile(file).write(fresh().getBytes(StandardCharsets.US_ASCII));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
