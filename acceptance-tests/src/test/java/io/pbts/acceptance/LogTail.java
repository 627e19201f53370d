package io.pbts.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What is written to the logs of a stack from now on. */
final class LogTail {
    private final Path folder;
    private final Map<Path, Long> before;

    private LogTail(Path folder, Map<Path, Long> before) {
        this.folder = folder;
        this.before = before;
    }

    static LogTail of(Stack stack) throws IOException {
        return of(stack.dataDir().resolve("logs"));
    }

    static LogTail of(Path folder) throws IOException {
        Map<Path, Long> sizes = new TreeMap<>();
        for (Path file : files(folder)) {
            sizes.put(file, Files.size(file));
        }
        return new LogTail(folder, sizes);
    }

    /** Names of the files and the lines in them, one at a time: after a long run they do not fit into memory. */
    private void forEachLine(BiConsumer<String, String> line) throws IOException {
        for (Path file : files(folder)) {
            try (var channel = FileChannel.open(file)) {
                long start = before.getOrDefault(file, 0L);
                channel.position(start <= channel.size() ? start : 0);
                var lines = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.ISO_8859_1));
                String name = file.getFileName().toString();
                for (String next = lines.readLine(); next != null; next = lines.readLine()) {
                    line.accept(name, next);
                }
            }
        }
    }

    /** Secrets, and errors, with the line that follows each, where the exception stands. */
    List<String> wrong(Canaries canaries) throws IOException {
        List<String> wrong = new ArrayList<>();
        var last = new AtomicReference<>("");
        forEachLine((file, line) -> {
            wrong.addAll(canaries.in(file, line));
            String error = last.getAndSet(line.contains(" ERROR ") ? file + ": " + line : "");
            if (!error.isEmpty()) {
                wrong.add(canaries.in(file, error + line).isEmpty() ? error + "; " + line : error);
            }
        });
        if (!last.get().isEmpty()) {
            wrong.add(last.get());
        }
        return wrong;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
