package io.pbts.benchmarks.announce;

import io.pbts.benchmarks.signing.Torrent;
import io.pbts.benchmarks.suite.Member;
import io.pbts.benchmarks.suite.Suite;
import io.pbts.benchmarks.suite.Tracker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** announce-service as {@code ./pbts up --profile production} starts it, with accounts, passkeys and the gate. */
final class Ourselves implements Contestant {
    static final String NAME = "pbts";

    /** Limits that loopback floods would meet at once are raised to what settings allow. */
    static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("INITIAL_CREDIT_POLICY", "always"),
            Map.entry("PBTS_PEER_LISTS", "1000000000/1m"),
            Map.entry("PBTS_RATE_FACTOR", "10000"),
            Map.entry("PBTS_PRIVATE_NETWORKS", "127.0.0.0/8"),
            Map.entry("PBTS_SETTLEMENT_INTERVAL", "10m"),
            Map.entry("PBTS_LIMIT_ADDRESSRATE", "100000"),
            Map.entry("PBTS_LIMIT_ADDRESSBURST", "10000000"),
            Map.entry("PBTS_LIMIT_PASSKEYRATE", "100000"),
            Map.entry("PBTS_LIMIT_PASSKEYBURST", "10000000"),
            Map.entry("PBTS_SWARM_MAXPEERS", "1200000"));

    private static final String PART = "announce-service";
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    private final Suite suite;
    private final List<String> paths = new ArrayList<>();
    private final List<byte[]> urls = new ArrayList<>();

    Ourselves(Suite suite) {
        this.suite = suite;
    }

    /** Makes accounts, and registers the torrents with the first. */
    void admit(Population population) throws IOException, InterruptedException {
        Tracker tracker = Tracker.at(suite.gateway());
        while (paths.size() < population.accounts()) {
            boolean first = paths.isEmpty();
            Member member = Member.register(tracker, "announcer-" + paths.size());
            String path = "/" + member.passkey() + "/announce";
            paths.add(path);
            urls.add(path.getBytes(StandardCharsets.US_ASCII));
            if (first) {
                for (Torrent torrent : population.torrents()) {
                    member.upload(tracker, torrent);
                }
            }
        }
    }

    /** Waits until the suite does next to nothing by itself. */
    void awaitCalm(Duration patience) throws IOException, InterruptedException {
        suite.awaitCalm(patience);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String work() {
        return "registered torrents; passkey, ratio and limits of who asks; peers have accounts, own ones are not shown";
    }

    @Override
    public int httpPort() {
        return suite.announcePort();
    }

    @Override
    public int udpPort() {
        return suite.announcePort();
    }

    @Override
    public String path(int account) {
        return paths.get(account);
    }

    @Override
    public byte[] urlData(int account) {
        return urls.get(account);
    }

    @Override
    public long pid() {
        return suite.pid(PART);
    }

    /** Live bytes of the heap after a full collection. */
    @Override
    public long memory() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var total = TOTAL.matcher(output);
        if (!process.waitFor(1, TimeUnit.MINUTES) || !total.find()) {
            throw new IOException(
                    "jcmd told no total: " + output.lines().findFirst().orElse(""));
        }
        return Long.parseLong(total.group(1));
    }

    @Override
    public void close() throws IOException {
        suite.close();
    }
}
