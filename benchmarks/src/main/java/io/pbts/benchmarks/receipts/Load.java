package io.pbts.benchmarks.receipts;

import io.pbts.benchmarks.result.Progress;
import io.pbts.benchmarks.signing.Delivery;
import io.pbts.benchmarks.signing.ReportSigner;
import io.pbts.benchmarks.signing.Session;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.protocol.report.StatedReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;

/** Makes reports before the clock runs: all of them are signed and encoded when the first is sent. */
final class Load {
    private static final int TENTHS = 10;

    private final Scenario scenario;
    private final Plan plan;
    private final ReportSigner signer;
    private final Map<Parties, Session> sessions = new ConcurrentHashMap<>();

    Load(Scenario scenario, Plan plan, ReportSigner signer) {
        this.scenario = scenario;
        this.plan = plan;
        this.signer = signer;
    }

    /** What one session is for. */
    private record Parties(Bytes sender, Bytes receiver, Bytes infoHash) {
        static Parties of(Delivery delivery) {
            return new Parties(
                    delivery.sender().bytes(),
                    delivery.receiver().publicKey().bytes(),
                    delivery.torrent().infoHash().bytes());
        }
    }

    /**
     * A report that is ready to send.
     *
     * @param passkey of who sends it
     */
    record SignedReport(String passkey, Bytes body, int receipts) {
        @Override
        public String toString() {
            return "SignedReport[%d receipts]".formatted(receipts);
        }
    }

    List<SignedReport> make(int reports, Progress progress) {
        var done = new AtomicInteger();
        return IntStream.range(0, reports)
                .parallel()
                .mapToObj(report -> {
                    SignedReport signed = make(report);
                    int count = done.incrementAndGet();
                    if (count * TENTHS / reports > (count - 1) * TENTHS / reports) {
                        progress.line("  signed %,d of %,d reports".formatted(count, reports));
                    }
                    return signed;
                })
                .toList();
    }

    private SignedReport make(int report) {
        List<Delivery> deliveries = plan.deliveries(report);
        return new SignedReport(
                plan.sender(report).passkey(), BinaryReport.encode(sign(deliveries)), deliveries.size());
    }

    private StatedReport sign(List<Delivery> deliveries) {
        return switch (scenario) {
            case ONE_RECEIVER -> signer.aggregated(deliveries);
            case INDIVIDUAL -> signer.individually(deliveries);
            case BATCH -> signer.batched(deliveries, Scenario.BATCH_SIZE);
            case SESSION -> {
                Delivery first = deliveries.getFirst();
                yield signer.inSession(
                        sessions.computeIfAbsent(Parties.of(first), _ -> signer.session(first)), deliveries);
            }
        };
    }
}
