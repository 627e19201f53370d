package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A running service of a stack, as the machine sees it: its process, what it was started with, its secrets. */
record Part(String service, long pid, int port, Path secrets) {
    static final List<String> SERVICES = List.of("gateway", "announce", "receipt", "reputation", "contract");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    static Part of(Stack stack, String service) {
        String name = service + "-service";
        var described = stack.description().path("parts").path(name);
        return new Part(
                service,
                described.path("pid").asLong(),
                described.path("port").asInt(),
                stack.dataDir().resolve("secrets").resolve(name));
    }

    static List<Part> all(Stack stack) {
        return SERVICES.stream().map(service -> of(stack, service)).toList();
    }

    Map<String, String> environment() {
        Map<String, String> found = new LinkedHashMap<>();
        for (String line : proc("environ").split("\0", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                found.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return found;
    }

    String setting(String name) {
        String value = environment().get(name);
        if (value == null) {
            throw new AssertionError("%s runs without %s".formatted(service, name));
        }
        return value;
    }

    List<String> command() {
        return new ArrayList<>(List.of(proc("cmdline").split("\0", -1)));
    }

    /** Resident memory in MiB. */
    long residentMib() {
        var found = RESIDENT.matcher(proc("status"));
        if (!found.find()) {
            throw new AssertionError("no memory of process " + pid);
        }
        return Long.parseLong(found.group(1)) / 1024;
    }

    String threadDump() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Shell.run(jcmd, String.valueOf(pid), "Thread.print").succeeded().output();
    }

    String secret(String name) {
        try {
            return Files.readString(secrets.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a secret file as a whole, with the rights that it had. */
    void rotate(String name, String value) {
        try {
            Path file = secrets.resolve(name);
            Path next = Files.createTempFile(
                    secrets,
                    ".next",
                    "",
                    java.nio.file.attribute.PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(file)));
            Files.writeString(next, value);
            Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String proc(String file) {
        try {
            return new String(Files.readAllBytes(Path.of("/proc", String.valueOf(pid), file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
