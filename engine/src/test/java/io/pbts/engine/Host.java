package io.pbts.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A host of its own, in a network namespace, with a cable to this machine: some clients refuse peers on loopback. Each has
 * networks of its own, IPv4 and IPv6, which others of the same test run do not have. Needs root and {@code ip}.
 */
final class Host implements AutoCloseable {
    private static final int NETWORKS = 120;

    private final String name;
    private final int network;
    private final List<Process> programs = new ArrayList<>();

    /** One of two of this process. */
    Host(int which) throws IOException, InterruptedException {
        long pid = ProcessHandle.current().pid();
        this.name = "pbe" + which + Long.toString(pid, 36);
        this.network = (int) (pid % NETWORKS) * 2 + which;
        ip("netns", "add", name);
        ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name);
        ip("link", "set", name, "up");
        ip("-n", name, "link", "set", "lo", "up");
        ip("-n", name, "link", "set", "eth0", "up");
        ip("addr", "add", v4(254) + "/24", "dev", name);
        ip("addr", "add", v6(254) + "/64", "dev", name, "nodad");
        ip("-n", name, "addr", "add", v4(1) + "/24", "dev", "eth0");
        ip("-n", name, "addr", "add", v6(1) + "/64", "dev", "eth0", "nodad");
    }

    private String v4(int node) {
        return "10.214." + network + "." + node;
    }

    private String v6(int node) {
        return "fd77:214:" + Integer.toHexString(network) + "::" + Integer.toHexString(node);
    }

    /** This machine, as it is seen from the host by IPv4. */
    String gatewayV4() {
        return v4(254);
    }

    /** This machine, as it is seen from the host by IPv6. */
    String gatewayV6() {
        return v6(254);
    }

    /** Runs there until the host is closed. */
    void run(Path log, List<String> command) throws IOException {
        List<String> full = new ArrayList<>(List.of("ip", "netns", "exec", name));
        full.addAll(command);
        programs.add(new ProcessBuilder(full)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process done = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(done.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (done.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
    }

    /** The cable goes with the namespace. */
    @Override
    public void close() throws IOException {
        programs.forEach(Process::destroy);
        try {
            for (Process program : programs) {
                if (!program.waitFor(2, TimeUnit.SECONDS)) {
                    program.destroyForcibly().waitFor();
                }
            }
            ip("netns", "del", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
