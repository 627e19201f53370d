package io.pbts.benchmarks.receipts;

import io.pbts.benchmarks.receipts.Load.SignedReport;
import io.pbts.benchmarks.suite.CpuClock;
import io.pbts.benchmarks.suite.Gateway;
import io.pbts.protocol.report.BinaryReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends reports, a few at a time. An answer leaves the suite after its commit, so a receipt that was answered
 * {@code credited} is durable; anything else ends the run.
 */
final class Driver {
    /** Reports in flight: enough to keep two processors busy while others wait for the disk. */
    static final int LANES = 4;

    private static final JsonMapper JSON = new JsonMapper();

    private final Gateway gateway;
    private final CpuClock clock;

    Driver(Gateway gateway, CpuClock clock) {
        this.gateway = gateway;
        this.clock = clock;
    }

    Repetition send(List<SignedReport> reports) throws IOException, InterruptedException {
        var next = new AtomicInteger();
        long receipts = 0;
        try (var lanes = Executors.newFixedThreadPool(LANES)) {
            Map<String, Duration> before = clock.read();
            long start = System.nanoTime();
            List<Future<Long>> credited = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                credited.add(lanes.submit(() -> lane(reports, next)));
            }
            for (Future<Long> lane : credited) {
                receipts += lane.get();
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            return new Repetition(receipts, elapsed, CpuClock.between(before, clock.read()));
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getCause()), failed);
        }
    }

    private long lane(List<SignedReport> reports, AtomicInteger next) throws IOException, InterruptedException {
        long credited = 0;
        for (int i = next.getAndIncrement(); i < reports.size(); i = next.getAndIncrement()) {
            credited += send(reports.get(i));
        }
        return credited;
    }

    private int send(SignedReport report) throws IOException, InterruptedException {
        var headers = Map.of("Content-Type", BinaryReport.MEDIA_TYPE, "X-PBTS-Passkey", report.passkey());
        JsonNode answer = JSON.readTree(
                gateway.post("/api/v1/reports", headers, report.body().toArrayUnsafe()));
        int credited = 0;
        for (JsonNode result : answer.path("results")) {
            if (!result.path("code").asString().equals("credited")) {
                throw new IOException("a receipt was not credited: " + result);
            }
            credited++;
        }
        if (credited != report.receipts() || answer.path("credited").asInt() != credited) {
            throw new IOException("%d of %d receipts were credited".formatted(credited, report.receipts()));
        }
        return credited;
    }
}
