package io.pbts.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.epoch.EpochHeader;
import io.pbts.protocol.epoch.EpochPart;
import io.pbts.protocol.epoch.EpochReader.Located;
import io.pbts.protocol.epoch.EpochRecord;
import io.pbts.protocol.epoch.EpochSum;
import io.pbts.protocol.epoch.Finding;
import io.pbts.protocol.epoch.GoldenEpoch;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import io.pbts.protocol.receipt.Deployment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An epoch that two settlements carry, and what the contract says that no root binds. */
class EpochInPartsTest {
    private static final List<EpochRecord> RECORDS =
            GoldenEpoch.records(GoldenEpoch.file(GoldenEpoch.inParts())).stream()
                    .map(Located::content)
                    .toList();
    private static final List<EpochRoot> ROOTS = GoldenEpoch.roots(GoldenEpoch.inParts());
    private static final EpochHeader HEADER = (EpochHeader) RECORDS.getFirst();
    private static final Map<Long, Bytes32> ON_CHAIN = Map.of(
            2L,
            HEADER.previousRoot(),
            3L,
            ROOTS.get(0).bytes(),
            4L,
            ROOTS.get(1).bytes());
    private static final int SECOND_PART = lastIndexOfAPart();

    @TempDir
    private Path folder;

    @Test
    void findsBothPartsOfIndependentCodeIntact() throws IOException {
        var verifier = new EpochVerifier(new Anchor.Roots(ROOTS), Optional.of(new SecureRandom()));
        assertThat(verifier.verify(write(RECORDS))).isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
            assertThat(intact.roots()).isEqualTo(ROOTS);
            assertThat(intact.signatures()).isEqualTo(15);
        });
    }

    @Test
    void leavesNoRecordThatCouldBeDroppedOrDoubledOrMoved() throws IOException {
        int firstPart = RECORDS.indexOf(first(EpochPart.class));
        for (int at = firstPart; at < RECORDS.size(); at++) {
            List<EpochRecord> fewer = new ArrayList<>(RECORDS);
            EpochRecord dropped = fewer.remove(at);
            List<EpochRecord> more = new ArrayList<>(RECORDS);
            more.add(at, dropped);
            assertThat(wrong(fewer)).as("without %d", at).isNotNull();
            assertThat(wrong(more)).as("%d twice", at).isNotNull();
            if (at + 1 < RECORDS.size()) {
                List<EpochRecord> swapped = new ArrayList<>(RECORDS);
                Collections.swap(swapped, at, at + 1);
                assertThat(wrong(swapped)).as("%d and the next", at).isNotNull();
            }
        }
    }

    @Test
    void leavesNoWholePartThatCouldBeLeftOut() throws IOException {
        List<EpochRecord> firstOnly = new ArrayList<>(RECORDS.subList(0, SECOND_PART));
        assertThat(wrong(firstOnly).toString()).contains("part is missing here");
        firstOnly.set(0, header(Map.of("parts", 1L)));
        var verifier = new EpochVerifier(new Anchor.Roots(ROOTS.subList(0, 1)), Optional.empty());
        assertThat(wrong(verifier, firstOnly).part()).isIn("sum", "sums of settlement 3");
    }

    @Test
    void namesTheSumOfThePartThatIsWrong() throws IOException {
        Finding finding = wrong(changed(SECOND_PART + 1, EpochSum.class, record -> {
            AccountSum sum = ((EpochSum) record).sum();
            return new EpochSum(new AccountSum(sum.account(), sum.up() + 5, sum.down()));
        }));
        assertThat(finding.toString()).contains("sum, up is").contains("in all parts");
        assertThat(finding.offset()).isGreaterThan(offsetOf(SECOND_PART + 1)).isLessThan(offsetOf(SECOND_PART + 2));
    }

    /** One account's bytes moved from a part to the other: together they are still what the rows give. */
    @Test
    void noticesBytesThatMovedFromOnePartToTheOther() throws IOException {
        List<EpochRecord> moved = new ArrayList<>(RECORDS);
        int inSecond = IntStream.range(SECOND_PART, moved.size())
                .filter(at -> moved.get(at) instanceof EpochSum(AccountSum sum) && sum.up() > 0)
                .findFirst()
                .orElseThrow();
        EpochSum second = (EpochSum) moved.get(inSecond);
        int inFirst = IntStream.range(0, SECOND_PART)
                .filter(at -> moved.get(at) instanceof EpochSum(AccountSum sum)
                        && sum.account().equals(second.sum().account()))
                .findFirst()
                .orElseThrow();
        moved.set(inSecond, plus(second, -1));
        moved.set(inFirst, plus((EpochSum) moved.get(inFirst), 1));
        assertThat(wrong(moved).part()).isEqualTo("sums of settlement 3");
    }

    @Test
    void namesTheSumsRootThatIsNotTheChains() throws IOException {
        Finding finding = wrong(changed(
                SECOND_PART,
                EpochPart.class,
                record -> new EpochPart(4, ((EpochPart) record).accounts(), Bytes32.repeat((byte) 1))));
        assertThat(finding.field()).isEqualTo("sums root");
        assertThat(finding.offset()).isEqualTo(offsetOf(SECOND_PART) + EpochPart.SUMS_ROOT_OFFSET);
    }

    @Test
    void wantsARootForEachPart() throws IOException {
        var one = new EpochVerifier(new Anchor.Roots(ROOTS.subList(0, 1)), Optional.empty());
        assertThat(wrong(one, RECORDS).toString())
                .isEqualTo("bytes 107 to 110: header, count of parts is 2, and 1 roots are known");
    }

    @Test
    void comparesWithTheContractWhatNoRootBinds() throws IOException {
        EpochVerifier asking =
                asking(HEADER.deployment().chainId(), HEADER.deployment().contract());
        assertThat(asking.verify(write(RECORDS))).isInstanceOf(Verdict.Intact.class);
        assertThat(wrong(asking(1, HEADER.deployment().contract()), RECORDS).field())
                .isEqualTo("chain id");
        var elsewhere =
                new EthereumAddress(HEADER.deployment().contract().bytes().not());
        assertThat(wrong(asking(HEADER.deployment().chainId(), elsewhere), RECORDS)
                        .field())
                .isEqualTo("contract");
        assertThat(wrong(asking, changed(0, EpochHeader.class, _ -> header(Map.of("previous", 1L))))
                        .field())
                .isEqualTo("previous root");
    }

    @Test
    void saysThatTheContractHasNoSuchSettlement() throws IOException {
        var empty = new EpochVerifier(
                new Anchor.Contract(
                        HEADER.deployment().chainId(), HEADER.deployment().contract(), _ -> Bytes32.ZERO),
                Optional.empty());
        assertThat(wrong(empty, RECORDS).toString())
                .isEqualTo(
                        "bytes 75 to 82: header, number of the settlement is 3, and the contract has no settlement 3");
    }

    private static EpochVerifier asking(long chainId, EthereumAddress contract) {
        return new EpochVerifier(
                new Anchor.Contract(chainId, contract, seq -> ON_CHAIN.getOrDefault(seq, Bytes32.ZERO)),
                Optional.empty());
    }

    private static EpochSum plus(EpochSum record, long up) {
        AccountSum sum = record.sum();
        return new EpochSum(new AccountSum(sum.account(), sum.up() + up, sum.down()));
    }

    private static EpochHeader header(Map<String, Long> change) {
        Deployment deployment = HEADER.deployment();
        return new EpochHeader(
                deployment,
                HEADER.seq(),
                HEADER.fromPosition(),
                HEADER.toPosition(),
                HEADER.receipts(),
                change.getOrDefault("parts", HEADER.parts()),
                HEADER.batchesRoot(),
                change.containsKey("previous") ? Bytes32.repeat((byte) 9) : HEADER.previousRoot());
    }

    private static List<EpochRecord> changed(int at, Class<?> type, UnaryOperator<EpochRecord> change) {
        assertThat(RECORDS.get(at)).isInstanceOf(type);
        List<EpochRecord> records = new ArrayList<>(RECORDS);
        records.set(at, change.apply(records.get(at)));
        return records;
    }

    private static EpochRecord first(Class<?> type) {
        return RECORDS.stream().filter(type::isInstance).findFirst().orElseThrow();
    }

    private static int lastIndexOfAPart() {
        return RECORDS.lastIndexOf(RECORDS.stream()
                .filter(EpochPart.class::isInstance)
                .reduce((one, other) -> other)
                .orElseThrow());
    }

    private static long offsetOf(int record) {
        return RECORDS.stream()
                .limit(record)
                .mapToLong(one -> one.framed().length)
                .sum();
    }

    private Finding wrong(List<EpochRecord> records) throws IOException {
        return wrong(new EpochVerifier(new Anchor.Roots(ROOTS), Optional.empty()), records);
    }

    private Finding wrong(EpochVerifier verifier, List<EpochRecord> records) throws IOException {
        return switch (verifier.verify(write(records))) {
            case Verdict.Wrong(Finding finding) -> finding;
            case Verdict.Intact _ -> throw new AssertionError("nothing was noticed");
        };
    }

    private Path write(List<EpochRecord> records) throws IOException {
        var file = new ByteArrayOutputStream();
        records.forEach(record -> file.writeBytes(record.framed()));
        return Files.write(folder.resolve("epoch"), file.toByteArray());
    }
}
