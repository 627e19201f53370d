package io.pbts.benchmarks.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pbts.benchmarks.result.Progress;
import io.pbts.engine.receipt.ReceiptPolicy;
import io.pbts.engine.receipt.ReceiptPolicy.Ordinary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesTest {
    private static final Progress SILENT = new Progress(new PrintStream(OutputStream.nullOutputStream()));
    private static final Course COURSE = new Course(256 << 10, 1_000_003, 0);

    @TempDir
    private Path folder;

    private final List<String> gone = new ArrayList<>();

    private Way way(String name, double seconds) {
        return new Way() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Outcome transfer(Sample sample, Course course) {
                gone.add(name);
                return new Outcome(seconds, 0, Outcome.Receipts.NONE);
            }
        };
    }

    @Test
    void waysTakeTurnsInBothOrdersAndWarmUpsDoNotCount() throws IOException, InterruptedException {
        Sample sample = Sample.create(folder, COURSE.bytes());
        Series series = Series.run(
                COURSE, sample, List.of(way("plain", 1), way("signed", 1.25)), new Series.Extent(1, 2), SILENT);
        assertThat(gone).containsExactly("plain", "signed", "signed", "plain", "plain", "signed");
        assertThat(series.rates("plain")).containsExactly(1.000003, 1.000003);
        assertThat(series.losses("signed", "plain"))
                .allSatisfy(loss -> assertThat(loss).isCloseTo(20, within(1e-9)));
    }

    @Test
    void theIntervalIsStudents() {
        Estimate estimate = Estimate.of(List.of(1.0, 2.0, 3.0));
        assertThat(estimate.mean()).isEqualTo(2);
        assertThat(estimate.high()).isCloseTo(2 + 4.303 / Math.sqrt(3), within(1e-9));
        assertThat(estimate.low()).isCloseTo(2 - 4.303 / Math.sqrt(3), within(1e-9));
    }

    @Test
    void coursesAndRowsHaveTheNamesThatOthersCompareBy() {
        assertThat(new Course(1 << 20, 1, 2_500_000).name()).isEqualTo("2.5MBps-1MiB");
        assertThat(Figure.values())
                .extracting(Figure::row)
                .contains(
                        "loss-20MBps-256KiB",
                        "loss-unlimited-256KiB",
                        "throughput-plain-256KiB",
                        "throughput-plain-1MiB");
    }

    @Test
    void enginesMoveTheFileWithAndWithoutReceipts() throws IOException, InterruptedException {
        Sample sample = Sample.create(folder, COURSE.bytes());
        ReceiptPolicy policy = ReceiptPolicy.of(Ordinary.REQUIRE);
        for (Sides.Maker maker : List.<Sides.Maker>of(
                _ -> Sides.PLAIN, torrent -> new SignedSides(torrent, policy, new SecureRandom()))) {
            Outcome outcome = new Engines("ours", folder.resolve("ours"), maker).transfer(sample, COURSE);
            assertThat(outcome.seconds()).isPositive();
        }
    }

    @Test
    void whatArrivedOtherwiseIsNoFigure() throws IOException {
        Sample sample = Sample.create(folder, COURSE.bytes());
        Path arrived = Files.createDirectories(folder.resolve("arrived"));
        byte[] bytes = Files.readAllBytes(sample.folder().resolve("sample.bin"));
        bytes[77] ^= 1;
        Files.write(arrived.resolve("sample.bin"), bytes);
        assertThatThrownBy(() -> sample.requireIn(arrived)).isInstanceOf(IOException.class);
    }
}
