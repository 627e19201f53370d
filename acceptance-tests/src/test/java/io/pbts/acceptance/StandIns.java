package io.pbts.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Programs in the place of others, first on the PATH of what is run. Each asks here what its command line means, and runs the
 * answer, a script, as itself: with its own input, output and folder. What a program does not know ends it with what it says.
 */
final class StandIns implements AutoCloseable {
    private static final String PROGRAM = """
            #!/bin/bash
            set -euo pipefail
            answer=$(printf '%s\\0' "$PWD" "$@" | CURL -sS --fail-with-body --data-binary @- URL) || {
                echo "$answer" >&2
                exit 64 # EX_USAGE of sysexits.h
            }
            eval "$answer"
            """;

    /** What a command line means. */
    interface Program {
        /**
         * Does what can be done here, and answers with the rest.
         *
         * @param folder where the program was called
         * @return a script for bash, which may be empty
         * @throws UnknownCommand for every command line that it was not written for
         */
        String script(Path folder, List<String> arguments);
    }

    /** A command line that a stand-in was not written for: the manual has changed. */
    static final class UnknownCommand extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnknownCommand(String what) {
            super(what);
        }
    }

    private final HttpServer server;
    private final Path bin;

    private StandIns(HttpServer server, Path bin) {
        this.server = server;
        this.bin = bin;
    }

    /** @param bin an empty folder for the programs, which are named as the keys */
    static StandIns in(Path bin, Map<String, Program> programs) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            String curl = Shell.run("bash", "-c", "command -v curl")
                    .succeeded()
                    .output()
                    .strip();
            for (var program : programs.entrySet()) {
                server.createContext("/" + program.getKey(), exchange -> answer(exchange, program.getValue()));
                Path file = bin.resolve(program.getKey());
                String url =
                        "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), program.getKey());
                Files.writeString(file, PROGRAM.replace("CURL", curl).replace("URL", url));
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            server.start();
            return new StandIns(server, bin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What PATH is with them. */
    String path() {
        return bin + ":" + System.getenv("PATH");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A command as bash reads it. */
    static String quoted(List<String> words) {
        return String.join(
                " ",
                words.stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .toList());
    }

    private static void answer(HttpExchange exchange, Program program) throws IOException {
        String[] words = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("\0", -1);
        int status = 200;
        String answer;
        try {
            answer = program.script(
                    Path.of(words[0]), List.copyOf(Arrays.asList(words).subList(1, words.length - 1)));
        } catch (UnknownCommand unknown) {
            status = 400;
            answer = "this stand-in knows no such command: " + unknown.getMessage();
        } catch (RuntimeException | AssertionError failed) {
            status = 500;
            answer = String.valueOf(failed);
        }
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
