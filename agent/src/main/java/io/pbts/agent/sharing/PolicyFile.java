package io.pbts.agent.sharing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A policy file that is read anew when it changes. For one thread. */
final class PolicyFile {

    /** How a file looks; nothing when it is not there. */
    private record Look(
            @Nullable Object file, long length, @Nullable FileTime modified) {

        static Look at(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return new Look(now.fileKey(), now.size(), now.lastModifiedTime());
            } catch (IOException gone) {
                return new Look(null, 0, null);
            }
        }
    }

    private final Path file;
    private Look read;

    PolicyFile(Path file) {
        this.file = file;
        this.read = Look.at(file);
    }

    /**
     * What it says now.
     *
     * @throws IllegalArgumentException when it says something else than a policy; its message names the file
     */
    Policy policy() throws IOException {
        read = Look.at(file);
        try {
            return Policy.read(file);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * What it says, when it looks otherwise than when it was read last, and says something else than this policy. What cannot
     * be read is told once.
     *
     * @throws IllegalArgumentException as {@link #policy}
     */
    Optional<Policy> otherThan(Policy known) throws IOException {
        return Look.at(file).equals(read)
                ? Optional.empty()
                : Optional.of(policy()).filter(now -> !now.equals(known));
    }
}
