package io.pbts.benchmarks.announce;

import io.pbts.benchmarks.network.Loopback;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Somebody else's tracker, a public one: one process, no passkeys, no accounts. */
final class Rival implements Contestant {
    static final String OPENTRACKER = "opentracker";
    static final String NODE = "bittorrent-tracker";

    private static final Duration START = Duration.ofSeconds(20);
    private static final byte[] NO_URL = {};
    private static final int BYTES_PER_KIB = 1024;

    private final String name;
    private final String work;
    private final int port;
    private final Process process;

    private Rival(String name, String work, int port, Process process) {
        this.name = name;
        this.work = work;
        this.port = port;
        this.process = process;
    }

    /**
     * Debian's opentracker, which serves listed torrents only.
     *
     * @param folder for its files; it shuts itself up in there
     */
    static Rival opentracker(Path folder, Population population) throws IOException, InterruptedException {
        StringBuilder list = new StringBuilder();
        population.torrents().forEach(torrent -> list.append(
                        torrent.infoHash().truncated().toUnprefixedHexString())
                .append('\n'));
        Files.writeString(folder.resolve("torrents"), list);
        int port = Loopback.freePort();
        Files.writeString(folder.resolve("opentracker.conf"), """
                listen.tcp_udp 127.0.0.1:%d
                access.whitelist torrents
                tracker.rootdir %s
                tracker.user nobody
                """.formatted(port, folder));
        String work = "list of torrents; nobody is asked who he is, nothing is counted, no lists for accounts";
        return start(OPENTRACKER, work, port, folder, List.of("opentracker", "-f", "opentracker.conf"));
    }

    /**
     * WebTorrent's tracker in Node.
     *
     * @param modules where it is installed, beside the script that starts it
     */
    static Rival node(Path modules, Path folder) throws IOException, InterruptedException {
        int port = Loopback.freePort();
        Path script = modules.resolve("node-tracker.mjs");
        String work = "no list of torrents; nobody is asked who he is, nothing is counted";
        return start(NODE, work, port, folder, List.of("node", script.toString(), String.valueOf(port)));
    }

    private static Rival start(String name, String work, int port, Path folder, List<String> command)
            throws IOException, InterruptedException {
        Path log = folder.resolve(name + ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers(port)) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                process.destroyForcibly();
                throw new IOException("%s does not run:%n%s".formatted(name, Files.readString(log)));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return new Rival(name, work, port, process);
    }

    private static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(Loopback.tracker(port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String work() {
        return work;
    }

    @Override
    public int httpPort() {
        return port;
    }

    @Override
    public int udpPort() {
        return port;
    }

    @Override
    public String path(int account) {
        return "/announce";
    }

    @Override
    public byte[] urlData(int account) {
        return NO_URL;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    /** What the kernel holds in memory for it. */
    @Override
    public long memory() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIB)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
