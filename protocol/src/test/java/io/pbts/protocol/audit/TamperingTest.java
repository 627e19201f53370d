package io.pbts.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.epoch.EpochReader;
import io.pbts.protocol.epoch.EpochRecord;
import io.pbts.protocol.epoch.Finding;
import io.pbts.protocol.epoch.WrongEpoch;
import io.pbts.protocol.merkle.EpochRoot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exported epoch in which one byte is another, a thousand times. */
class TamperingTest {
    private static final int TAMPERINGS = 1000;
    private static final int RECEIPTS = 2000;
    private static final int MILLION = 1_000_000;
    private static final Duration MOST = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void namesEveryByteThatIsAnother() throws IOException {
        nameEach(RECEIPTS);
    }

    @Tag("long")
    @Test
    void namesEveryByteThatIsAnotherAmongAMillionReceipts() throws IOException {
        nameEach(MILLION);
    }

    @Test
    void noticesEveryByteThatIsAnotherUnderAChecksumThatWasMadeRight() throws IOException {
        noticeEach(RECEIPTS, 250);
    }

    @Tag("long")
    @Test
    void noticesBytesUnderRightChecksumsAmongAMillionReceipts() throws IOException {
        noticeEach(MILLION, 20);
    }

    private void nameEach(int receipts) throws IOException {
        Path file = folder.resolve("epoch");
        EpochVerifier verifier = verifierOf(receipts, file, 1);
        Random random = new Random(2);
        long size = Files.size(file);
        long longest = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int i = 0; i < TAMPERINGS; i++) {
                long at = random.nextLong(size);
                byte before = tamper(channel, at, 1 + random.nextInt(255));
                long started = System.nanoTime();
                Verdict verdict = verifier.verify(file);
                longest = Math.max(longest, System.nanoTime() - started);
                assertThat(verdict).isInstanceOfSatisfying(Verdict.Wrong.class, wrong -> {
                    assertThat(wrong.finding().offset()).isEqualTo(at);
                    assertThat(wrong.finding().length()).isOne();
                    assertThat(wrong.finding().field()).isNotEmpty();
                });
                put(channel, at, before);
            }
        }
        assertThat(verifier.verify(file)).isInstanceOf(Verdict.Intact.class);
        System.out.printf(
                "%d of %d tamperings named, the slowest in %d ms%n", TAMPERINGS, TAMPERINGS, longest / 1_000_000);
    }

    /** The byte lies in what the verdict names, unless that is the other half of a contradiction: the header or the sums. */
    private void noticeEach(int receipts, int tamperings) throws IOException {
        Path file = folder.resolve("epoch");
        EpochVerifier verifier = verifierOf(receipts, file, 3);
        List<long[]> records = recordsOf(file);
        Random random = new Random(4);
        int exact = 0;
        int unbound = 0;
        var parts = new TreeMap<String, Integer>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int i = 0; i < tamperings; i++) {
                long[] record = records.get(random.nextInt(records.size()));
                int body = (int) record[1] - EpochRecord.FRAME_HEAD - EpochRecord.FRAME_TAIL;
                long at = record[0] + EpochRecord.FRAME_HEAD + random.nextInt(body);
                byte before = tamper(channel, at, 1 + random.nextInt(255));
                int checksum = repair(channel, record);
                switch (verifier.verify(file)) {
                    case Verdict.Intact _ -> {
                        assertThat(isBoundByNothing(channel, record, at))
                                .as("byte %d", at)
                                .isTrue();
                        unbound++;
                    }
                    case Verdict.Wrong(Finding finding) -> {
                        exact += at >= finding.offset() && at < finding.offset() + finding.length() ? 1 : 0;
                        parts.merge(finding.part().replaceAll(" at position .*", ""), 1, Integer::sum);
                    }
                }
                put(channel, at, before);
                putInt(channel, record[0] + record[1] - EpochRecord.FRAME_TAIL, checksum);
            }
        }
        assertThat(verifier.verify(file)).isInstanceOf(Verdict.Intact.class);
        assertThat(exact + unbound).isGreaterThan(tamperings * 9 / 10);
        System.out.printf(
                "%d tamperings under right checksums: %d inside what is named, %d in what the root does not bind; %s%n",
                tamperings, exact, unbound, parts);
    }

    /** What only checksums protect: numbers that the tracker gives, which no root commits to. */
    private static boolean isBoundByNothing(FileChannel channel, long[] record, long at) throws IOException {
        ByteBuffer type = ByteBuffer.allocate(1);
        channel.read(type, record[0]);
        long place = at - record[0] - EpochRecord.FRAME_HEAD;
        return switch (type.get(0)) {
            case 1 -> (place >= 43 && place < 71) || place >= 139; // chain, contract, previous root
            case 2 -> place < 8; // number
            case 5 -> place < 8 || place == 117; // sequence, form of signature
            default -> false;
        };
    }

    private EpochVerifier verifierOf(int receipts, Path file, long seed) throws IOException {
        EpochRoot root = new SyntheticEpoch(receipts, seed).write(file);
        var verifier = new EpochVerifier(new Anchor.Roots(List.of(root)), Optional.empty());
        long started = System.nanoTime();
        assertThat(verifier.verify(file)).isInstanceOf(Verdict.Intact.class);
        Duration taken = Duration.ofNanos(System.nanoTime() - started);
        System.out.printf("%d receipts, %d bytes: verified in %d ms%n", receipts, Files.size(file), taken.toMillis());
        assertThat(taken).isLessThan(MOST);
        return verifier;
    }

    private static List<long[]> recordsOf(Path file) throws IOException {
        List<long[]> records = new ArrayList<>();
        try (EpochReader reader = new EpochReader(Files.newInputStream(file))) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                records.add(new long[] {next.get().offset(), next.get().size()});
            }
        } catch (WrongEpoch wrong) {
            throw new AssertionError(wrong);
        }
        return records;
    }

    private static byte tamper(FileChannel channel, long at, int change) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, at);
        byte before = one.get(0);
        put(channel, at, (byte) (before ^ change));
        return before;
    }

    private static void put(FileChannel channel, long at, byte value) throws IOException {
        channel.write(ByteBuffer.wrap(new byte[] {value}), at);
    }

    private static void putInt(FileChannel channel, long at, int value) throws IOException {
        channel.write(ByteBuffer.allocate(4).putInt(value).flip(), at);
    }

    /** Makes the checksum right and returns the one that was there. */
    private static int repair(FileChannel channel, long[] record) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) record[1]);
        channel.read(bytes, record[0]);
        int covered = (int) record[1] - EpochRecord.FRAME_TAIL;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array(), 0, covered);
        putInt(channel, record[0] + covered, (int) checksum.getValue());
        return bytes.getInt(covered);
    }
}
