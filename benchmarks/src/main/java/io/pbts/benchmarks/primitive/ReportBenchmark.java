package io.pbts.benchmarks.primitive;

import io.pbts.benchmarks.signing.Delivery;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.protocol.report.StatedReport;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.openjdk.jmh.annotations.Benchmark;

/** The binary form of a report of 128 receipts. */
public class ReportBenchmark extends Primitive {
    private final StatedReport report = report();
    private final Bytes bytes = BinaryReport.encode(report);

    private static StatedReport report() {
        List<Delivery> deliveries = Specimens.deliveries(Specimens.REPORT, 1);
        return Specimens.SIGNER.inSession(Specimens.SIGNER.session(deliveries.getFirst()), deliveries);
    }

    @Benchmark
    public StatedReport decode() {
        return BinaryReport.decode(bytes, Specimens.REPORT);
    }

    @Benchmark
    public Bytes encode() {
        return BinaryReport.encode(report);
    }
}
