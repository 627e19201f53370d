package io.pbts.agent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pbts.agent.key.Password;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the keystores' password comes from. Never from the command line, which every process can read. */
public final class PasswordOptions {

    static final String VARIABLE = "PBTS_PASSWORD";

    private static final int MAX_BYTES = 4096;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the keystores' password; - for standard input."
                    + " Without it the environment variable PBTS_PASSWORD is read.")
    private @Nullable Path file;

    public Password read(World world) throws IOException {
        String text = file == null
                ? Optional.ofNullable(world.environment().get(VARIABLE)).orElse("")
                : firstLine(world, file);
        if (text.isEmpty()) {
            throw Trouble.noIdentity("a password is needed: set " + VARIABLE + " or give --password-file");
        }
        return Password.of(text);
    }

    private static String firstLine(World world, Path from) throws IOException {
        byte[] bytes;
        if (from.toString().equals("-")) {
            bytes = world.in().readNBytes(MAX_BYTES);
        } else {
            try (var in = Files.newInputStream(from)) {
                bytes = in.readNBytes(MAX_BYTES);
            }
        }
        return new String(bytes, UTF_8).lines().findFirst().orElse("");
    }
}
