package io.pbts.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Three hosts and a switch in network namespaces of their own, with a cable to this machine: real clients refuse peers on
 * loopback, and only separate addresses show whose address a tracker records. Needs root and {@code ip}.
 */
final class SwarmNet implements AutoCloseable {
    static final String GATEWAY_V4 = "10.213.77.254";
    static final String GATEWAY_V6 = "fd77:213::fe";
    static final String NETWORKS = "10.213.77.0/24,fd77:213::/64";

    private static final int HOSTS = 3;

    private final String prefix;
    private final List<String> namespaces = new ArrayList<>();

    SwarmNet() {
        this.prefix = "pbts" + Long.toString(ProcessHandle.current().pid() % 46_656, 36);
        String hub = namespace("sw");
        ip("-n", hub, "link", "add", "br0", "type", "bridge", "mcast_snooping", "0");
        ip("-n", hub, "link", "set", "br0", "up");
        for (int host = 1; host <= HOSTS; host++) {
            String name = namespace("h" + host);
            quietIpv6(List.of("ip", "netns", "exec", name));
            ip("-n", hub, "link", "add", "v" + host, "type", "veth", "peer", "name", "eth0", "netns", name);
            ip("-n", hub, "link", "set", "v" + host, "master", "br0", "up");
            ip("-n", name, "link", "set", "lo", "up");
            ip("-n", name, "link", "set", "eth0", "up");
            ip("-n", name, "addr", "add", v4(host) + "/24", "dev", "eth0");
            ip("-n", name, "addr", "add", v6(host) + "/64", "dev", "eth0", "nodad");
        }
        ip("link", "add", prefix + "v", "type", "veth", "peer", "name", "up0", "netns", hub);
        ip("-n", hub, "link", "set", "up0", "master", "br0", "up");
        ip("link", "set", prefix + "v", "up");
        ip("addr", "add", GATEWAY_V4 + "/24", "dev", prefix + "v");
        ip("addr", "add", GATEWAY_V6 + "/64", "dev", prefix + "v", "nodad");
    }

    static String v4(int host) {
        return "10.213.77." + host;
    }

    static String v6(int host) {
        return "fd77:213::" + host;
    }

    /** Starts a program on a host. */
    Process on(int host, java.io.File log, List<String> command) {
        try {
            return new ProcessBuilder(on(host, command))
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The command that runs a command on a host. */
    List<String> on(int host, List<String> command) {
        List<String> full = new ArrayList<>(List.of("ip", "netns", "exec", prefix + "h" + host));
        full.addAll(command);
        return full;
    }

    /** Bytes that have come to a host by its cable, headers included. */
    long received(int host) {
        List<String> command = on(host, List.of("cat", "/sys/class/net/eth0/statistics/rx_bytes"));
        return Long.parseLong(
                Shell.run(command.toArray(String[]::new)).succeeded().output().strip());
    }

    /**
     * Sends each {@code *.req} of a folder from a host, byte by byte as it is, over a connection of its own; what comes back
     * until the server closes lies in {@code *.res}.
     */
    void sendAll(int host, Path work, String server, int port) throws IOException, InterruptedException {
        Path script = Files.writeString(work.resolve("send.sh"), """
                cd %s
                for request in *.req; do
                    exec 3<>/dev/tcp/%s/%d || exit 1
                    cat "$request" >&3
                    timeout 10 cat <&3 >"${request%%.req}.res" 2>/dev/null
                    [ $? -ne 124 ] || echo "$request timed out"
                    exec 3>&-
                done
                """.formatted(work, server, port));
        Path log = work.resolve("send.log");
        Process sender = on(host, log.toFile(), List.of("bash", script.toString()));
        if (!sender.waitFor(Duration.ofSeconds(90)) || sender.exitValue() != 0 || Files.size(log) > 0) {
            sender.destroyForcibly();
            throw new AssertionError("requests from a host of the net: " + Files.readString(log));
        }
    }

    private String namespace(String suffix) {
        String name = prefix + suffix;
        ip("netns", "add", name);
        namespaces.add(name);
        return name;
    }

    private static void quietIpv6(List<String> inside) {
        List<String> command = new ArrayList<>(inside);
        command.addAll(
                List.of("sysctl", "-qw", "net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0"));
        Shell.run(java.nio.file.Path.of("."), Duration.ofSeconds(10), Map.of(), command);
    }

    private static void ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Shell.run(java.nio.file.Path.of("."), Duration.ofSeconds(10), Map.of(), command)
                .succeeded();
    }

    @Override
    public void close() {
        for (String name : namespaces) {
            String pids = Shell.run("ip", "netns", "pids", name).output();
            pids.lines().map(String::strip).filter(line -> line.matches("\\d+")).forEach(pid -> ProcessHandle.of(
                            Long.parseLong(pid))
                    .ifPresent(ProcessHandle::destroyForcibly));
            Shell.run("ip", "netns", "del", name);
        }
        Shell.run("ip", "link", "del", prefix + "v");
    }
}
