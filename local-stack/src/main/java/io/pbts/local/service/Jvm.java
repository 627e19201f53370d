package io.pbts.local.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JVM of the services: this process's own, with small heaps. */
public record Jvm(Path java, String version) {
    /** What a start-up cache depends on: a cache made with other flags does not fit. */
    static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED");

    /** A small young generation: what a start throws away would stay resident. */
    private static final List<String> SIZES = List.of(
            "-Xmx144m",
            "-Xmn20m",
            "-Xss512k",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData");

    /** The program and its flags. */
    List<String> command(Jit jit) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(FLAGS);
        command.addAll(SIZES);
        command.addAll(jit.flags());
        return command;
    }

    /** The JVM that runs this program. */
    public static Jvm current() {
        return new Jvm(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.vm.version", "unknown"));
    }
}
