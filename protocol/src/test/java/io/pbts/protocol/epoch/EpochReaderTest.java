package io.pbts.protocol.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.epoch.EpochReader.Located;
import io.pbts.protocol.evidence.Evidence;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.TorrentId;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EpochReaderTest {
    private static final byte[] FILE = GoldenEpoch.file(GoldenEpoch.whole());

    @Test
    void readsWhatIndependentCodeWroteAndWritesTheSameBytes() {
        readsAndWrites(GoldenEpoch.whole());
        readsAndWrites(GoldenEpoch.inParts());
    }

    private static void readsAndWrites(JsonNode epoch) {
        byte[] file = GoldenEpoch.file(epoch);
        List<Located> records = GoldenEpoch.records(file);
        var written = new ByteArrayOutputStream();
        for (Located record : records) {
            assertThat(record.offset()).isEqualTo(written.size());
            written.writeBytes(record.content().framed());
        }
        assertThat(written.toByteArray()).isEqualTo(file);
        EpochHeader header = (EpochHeader) records.getFirst().content();
        assertThat(header.batchesRoot()).isEqualTo(Vectors.bytes(epoch, "batches_root"));
        assertThat(records.stream()
                        .map(Located::content)
                        .filter(EpochPart.class::isInstance)
                        .map(part -> ((EpochPart) part).root(header.batchesRoot())))
                .isEqualTo(GoldenEpoch.roots(epoch))
                .hasSize((int) header.parts());
    }

    @Test
    void namesEachByteThatIsNotWhatWasWritten() {
        List<Located> records = GoldenEpoch.records(FILE);
        for (Located record : records) {
            for (int at = (int) record.offset(); at < record.offset() + record.size(); at++) {
                assertNamed(at, 1 + at % 255, record);
            }
        }
    }

    private static void assertNamed(int at, int change, Located record) {
        byte[] tampered = FILE.clone();
        tampered[at] ^= (byte) change;
        Finding finding = damage(tampered);
        assertThat(finding.offset()).as("byte %d by %d", at, change).isEqualTo(at);
        assertThat(finding.length()).isOne();
        assertThat(finding.field()).isNotEmpty();
        if (at > record.offset()) {
            assertThat(finding.part()).isEqualTo(record.content().type().title());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, type of the record",
        "3, length of the record",
        "4, tag",
        "14, version",
        "15, instance id",
        "47, chain id",
        "55, contract",
        "75, number of the settlement",
        "83, first position",
        "91, last position",
        "99, count of receipts",
        "107, count of parts",
        "111, batches root",
        "143, previous root",
        "175, checksum of the record"
    })
    void namesTheFieldOfTheHeader(int at, String field) {
        byte[] tampered = FILE.clone();
        tampered[at] ^= 0x10;
        assertThat(damage(tampered))
                .isEqualTo(new Finding(at, 1, at == 0 ? "record" : "header", field, "is not what was written"));
    }

    @Test
    void namesTheRecordInWhichSeveralBytesAreWrong() {
        Located row = GoldenEpoch.records(FILE).get(2);
        byte[] tampered = FILE.clone();
        for (int at = 100; at < 120; at++) {
            tampered[(int) row.offset() + at] ^= 0x55;
        }
        Finding finding = damage(tampered);
        assertThat(finding.offset()).isEqualTo(row.offset());
        assertThat(finding.length()).isEqualTo(row.size());
    }

    @Test
    void saysWhereAFileIsCutOff() {
        Located last = GoldenEpoch.records(FILE).getLast();
        for (int missing = 1; missing < last.size(); missing++) {
            Finding finding = damage(Arrays.copyOf(FILE, FILE.length - missing));
            assertThat(finding.offset()).isBetween(last.offset(), last.offset() + last.size());
        }
    }

    @Test
    void refusesBytesAfterTheLastField() {
        Bytes sum = GoldenEpoch.records(FILE).getLast().content().body();
        var fields = new Fields(RecordType.SUM, Bytes.wrap(sum, Bytes.of(0)), 0);
        assertThatExceptionOfType(WrongEpoch.class)
                .isThrownBy(() -> EpochRecord.read(RecordType.SUM, fields))
                .withMessageContaining("bytes after the last field");
    }

    @Test
    void writesNoReceiversKeyBesideBytesThatNameIt() {
        var evidence = new EpochRow.Signed(Bytes.of(1), Optional.empty(), Evidence.single(Bytes.of(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> row(ReceiptKind.HTTP_V1, evidence));
        assertThat(row(ReceiptKind.V2_BLS, evidence).body().size()).isEqualTo(118 + 2 + 1 + 1);
    }

    private static EpochRow row(ReceiptKind kind, EpochRow.Proof proof) {
        return new EpochRow(
                1,
                new TorrentId(Bytes32.ZERO),
                new ChainAccount(Bytes32.ZERO),
                new ChainAccount(Bytes32.ZERO),
                new PieceIndex(0),
                1,
                kind,
                proof);
    }

    private static Finding damage(byte[] file) {
        try {
            GoldenEpoch.records(file);
        } catch (WrongEpoch wrong) {
            return wrong.finding();
        }
        throw new AssertionError("nothing was noticed");
    }
}
