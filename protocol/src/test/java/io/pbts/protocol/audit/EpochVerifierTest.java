package io.pbts.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.epoch.EpochReader.Located;
import io.pbts.protocol.epoch.EpochRecord;
import io.pbts.protocol.epoch.Finding;
import io.pbts.protocol.epoch.GoldenEpoch;
import io.pbts.protocol.merkle.EpochRoot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody who makes checksums right as well cannot hide. */
class EpochVerifierTest {
    private static final byte[] FILE = GoldenEpoch.file(GoldenEpoch.whole());
    private static final List<Located> RECORDS = GoldenEpoch.records(FILE);
    private static final Anchor.Roots ROOTS = new Anchor.Roots(GoldenEpoch.roots(GoldenEpoch.whole()));
    private static final EpochVerifier ANCHORED = new EpochVerifier(ROOTS, Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void findsTheEpochOfIndependentCodeIntact() throws IOException {
        assertThat(verify(ANCHORED, FILE)).isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
            assertThat(intact.anchored()).isTrue();
            assertThat(intact.header().receipts()).isEqualTo(16);
            assertThat(intact.signatures()).isZero();
            assertThat(intact.unverifiable()).isOne();
        });
    }

    @Test
    void verifiesEverySignatureOfIt() throws IOException {
        assertThat(verify(signatures(), FILE)).isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
            assertThat(intact.signatures()).isEqualTo(15);
            assertThat(intact.unverifiable()).isOne();
        });
    }

    @Test
    void saysThatAFileWasComparedWithItselfOnly() throws IOException {
        assertThat(verify(new EpochVerifier(new Anchor.None(), Optional.empty()), FILE))
                .isInstanceOfSatisfying(Verdict.Intact.class, intact -> assertThat(intact.anchored())
                        .isFalse());
    }

    @Test
    void namesBothRootsWhenTheChainHasAnother() throws IOException {
        var other = new EpochVerifier(new Anchor.Roots(List.of(new EpochRoot(Bytes32.ZERO))), Optional.empty());
        assertThat(wrong(other, FILE).toString())
                .startsWith("bytes 111 to 142: header, batches root gives")
                .contains(ROOTS.roots().getFirst().hex());
    }

    /** Records in the golden file: 0 header; 1 batch, 2-7 rows; 8 batch, 9 certificate, 10 member, 11-19 rows; 20 batch, 21 row; 22 part, sums. */
    @ParameterizedTest
    @CsvSource({
        "0, 112, header, batches root",
        "0, 106, header, count of receipts",
        "0, 110, part, ''",
        "1, 23, batch, ''",
        "1, 24, batch, rows root",
        "8, 19, batch, position",
        "2, 12, rows of the batch at position 4, ''",
        "3, 44, rows of the batch at position 4, ''",
        "4, 76, rows of the batch at position 4, ''",
        "5, 111, row, signed bytes",
        "5, 119, rows of the batch at position 4, ''",
        "2, 119, row, signed bytes",
        "7, 120, row, kind of receipt",
        "7, 121, row, form of signature",
        "2, 300, rows of the batch at position 4, ''",
        "2, 390, rows of the batch at position 4, ''",
        "21, 130, rows of the batch at position 6, ''",
        "22, 11, part, number of the settlement",
        "22, 15, sum, ''",
        "22, 20, part, sums root",
        "23, 4, sum, account",
        "23, 40, sum, up",
        "24, 50, sum, down"
    })
    void namesWhatDoesNotFitUnderARightChecksum(int record, int place, String part, String field) throws IOException {
        Finding finding = wrong(ANCHORED, tampered(record, place, 0x81));
        assertThat(finding.part()).isEqualTo(part);
        assertThat(finding.field()).isEqualTo(field);
    }

    /** Which is why whoever asks a contract for the root names chain and contract: see what docs/protocol.md says is not bound. */
    @ParameterizedTest
    @CsvSource({"0, 54", "0, 60", "0, 150", "1, 11"})
    void cannotNoticeWhatNoRootBinds(int record, int place) throws IOException {
        assertThat(verify(ANCHORED, tampered(record, place, 0x01))).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void leavesNoRecordThatCouldBeDroppedOrDoubled() throws IOException {
        for (int at = 0; at < RECORDS.size(); at++) {
            List<Located> fewer = new ArrayList<>(RECORDS);
            Located dropped = fewer.remove(at);
            List<Located> more = new ArrayList<>(RECORDS);
            more.add(at, dropped);
            EpochVerifier verifier = signatures();
            assertThat(verify(verifier, file(fewer)))
                    .as("without record %d", at)
                    .isInstanceOf(Verdict.Wrong.class);
            boolean isExhibit = dropped.content().type().title().equals("certificate");
            if (!isExhibit) {
                assertThat(verify(verifier, file(more)))
                        .as("record %d twice", at)
                        .isInstanceOf(Verdict.Wrong.class);
            }
        }
    }

    @Test
    void leavesNoTwoNeighboursThatCouldChangePlaces() throws IOException {
        for (int at = 0; at + 1 < RECORDS.size(); at++) {
            List<Located> swapped = new ArrayList<>(RECORDS);
            Collections.swap(swapped, at, at + 1);
            boolean areExhibits = at == 9;
            if (!areExhibits) {
                assertThat(verify(ANCHORED, file(swapped)))
                        .as("records %d and the next", at)
                        .isInstanceOf(Verdict.Wrong.class);
            }
        }
    }

    @Test
    void noticesWhatFollowsTheEnd() throws IOException {
        byte[] more = Arrays.copyOf(FILE, FILE.length + 1);
        assertThat(wrong(ANCHORED, more).offset()).isEqualTo(FILE.length);
        assertThat(wrong(ANCHORED, new byte[0]).toString()).isEqualTo("byte 0: header is missing here");
    }

    /** The evidence of each row, and what two of them rest on; checksum and root made right, so that only the signature is wrong. */
    @ParameterizedTest
    @CsvSource({"2", "3", "4", "5", "6", "7", "9", "10", "11", "13", "16", "18"})
    void namesTheRowWhoseSignatureIsWrong(int record) throws IOException {
        Located located = RECORDS.get(record);
        byte[] file = tampered(record, located.size() - EpochRecord.FRAME_TAIL - 40, 0x01);
        Finding finding = wrong(new EpochVerifier(new Anchor.None(), Optional.of(new SecureRandom())), file);
        assertThat(finding.part()).isIn("row", "certificate");
        assertThat(finding.offset()).isGreaterThanOrEqualTo(located.offset());
    }

    private EpochVerifier signatures() {
        return new EpochVerifier(ROOTS, Optional.of(new SecureRandom()));
    }

    private Finding wrong(EpochVerifier verifier, byte[] file) throws IOException {
        return switch (verify(verifier, file)) {
            case Verdict.Wrong(Finding finding) -> finding;
            case Verdict.Intact _ -> throw new AssertionError("nothing was noticed");
        };
    }

    private Verdict verify(EpochVerifier verifier, byte[] file) throws IOException {
        return verifier.verify(Files.write(folder.resolve("epoch"), file));
    }

    private static byte[] file(List<Located> records) {
        var file = new ByteArrayOutputStream();
        records.forEach(record -> file.writeBytes(record.content().framed()));
        return file.toByteArray();
    }

    private static byte[] tampered(int record, int place, int change) {
        byte[] file = FILE.clone();
        int from = (int) RECORDS.get(record).offset();
        int covered = RECORDS.get(record).size() - EpochRecord.FRAME_TAIL;
        file[from + place] ^= (byte) change;
        CRC32C checksum = new CRC32C();
        checksum.update(file, from, covered);
        ByteBuffer.wrap(file).putInt(from + covered, (int) checksum.getValue());
        return file;
    }
}
