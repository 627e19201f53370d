package io.pbts.protocol.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.layout.LayoutException;
import io.pbts.protocol.testing.Mutations;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import org.apache.tuweni.bytes.Bytes;

class BinaryReportProperties {

    private static final int MUTATIONS = 10_000;
    private static final int LIMIT = 256;

    private static List<Bytes> bodies() {
        return Vectors.cases("reports-binary.json", "cases").stream()
                .map(vector -> Vectors.bytes(vector, "body"))
                .toList();
    }

    @Property(tries = 2_000)
    void everyReportSaysTheSameAfterItWasWrittenAndRead(@ForAll long seed) {
        StatedReport report = ReportArbitraries.ofSeed(seed);
        assertThat(BinaryReport.decode(BinaryReport.encode(report), LIMIT)).isEqualTo(report);
    }

    /** What was kept one by one is handed in together. */
    @Property(tries = 300)
    void joinedReportsSayWhatEachOfThemSaid(@ForAll long one, @ForAll long other) {
        List<StatedReport> parts = Stream.of(one, other, one)
                .map(ReportArbitraries::ofSeed)
                .filter(report -> report.aggregate().isEmpty())
                .toList();
        StatedReport joined = StatedReport.join(parts);
        assertThat(BinaryReport.decode(BinaryReport.encode(joined), 3 * LIMIT)).isEqualTo(joined);
        assertThat(meanings(joined))
                .isEqualTo(
                        parts.stream().flatMap(part -> meanings(part).stream()).toList());
        assertThat(joined.sessions()).doesNotHaveDuplicates();
    }

    /** Of each receipt, with what it refers to in place of a number. */
    private static List<Object> meanings(StatedReport report) {
        return report.receipts().stream()
                .<Object>map(receipt -> List.of(receipt.index(), receipt.infoHash(), proof(report, receipt.proof())))
                .toList();
    }

    private static Object proof(StatedReport report, Proof proof) {
        return switch (proof) {
            case Proof.InBatch(int batch) -> report.batches().get(batch);
            case Proof.InSession(int session, Bytes signature) ->
                List.of(report.sessions().get(session), signature);
            case Proof.Single _, Proof.Typed _, Proof.InAggregate _ -> proof;
        };
    }

    @Property(tries = 300)
    void nothingMayFollow(@ForAll long seed, @ForAll @ByteRange(min = -128) byte more) {
        Bytes body = BinaryReport.encode(ReportArbitraries.ofSeed(seed));
        assertThatThrownBy(() -> BinaryReport.decode(Bytes.concatenate(body, Bytes.of(more)), LIMIT))
                .isInstanceOf(LayoutException.class);
    }

    /** Of a report without a single byte to spare: no beginning of one is another. */
    @Example
    void noBeginningOfAReportIsAReport() {
        assertThat(bodies()).allSatisfy(body -> IntStream.range(0, body.size())
                .forEach(size -> assertThatThrownBy(() -> BinaryReport.decode(body.slice(0, size), LIMIT))
                        .isInstanceOf(LayoutException.class)));
    }

    @Example
    void aChangedReportIsAReportOrRefusedAndNeverAFault() {
        var mutations = new Mutations(bodies().stream().map(Bytes::toArray).toList(), 20_261_127);
        int read = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            read += isReport(Bytes.wrap(mutations.next())) ? 1 : 0;
        }
        assertThat(read)
                .as("some changes are in signatures and leave a report")
                .isBetween(MUTATIONS / 50, MUTATIONS / 2);
    }

    private static boolean isReport(Bytes body) {
        try {
            StatedReport report = BinaryReport.decode(body, LIMIT);
            assertThat(BinaryReport.decode(BinaryReport.encode(report), LIMIT)).isEqualTo(report);
            return true;
        } catch (LayoutException | TooManyReceipts documented) {
            return false;
        }
    }
}
