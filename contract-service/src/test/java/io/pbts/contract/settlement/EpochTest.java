package io.pbts.contract.settlement;

import static io.pbts.contract.settlement.SettlementProperties.Mode.BATCHED;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.contract.testing.Services;
import io.pbts.protocol.hash.Keccak256;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;

class EpochTest {
    private static final SettlementProperties LIMITS = new SettlementProperties(
            BATCHED, null, 512, 100_000, 7_000, 30_000, 4096, 128, Duration.ofMinutes(2), null);

    @Test
    void addsUpWhatSeveralBatchesMoveForOneAccount() {
        Epoch.Draft draft = new Epoch.Draft(LIMITS);
        assertThat(draft.add(item(5, known("alice", 10, 0), known("bob", 0, 10))))
                .isTrue();
        assertThat(draft.add(item(6, known("alice", 1, 4), known("bob", 4, 1)))).isTrue();

        Epoch epoch = draft.closeAfter(4);
        assertThat(epoch.fromPosition()).isEqualTo(5);
        assertThat(epoch.toPosition()).isEqualTo(6);
        assertThat(epoch.receiptCount()).isEqualTo(2);
        assertThat(epoch.sums())
                .containsExactlyInAnyOrder(
                        new AccountSum(Services.account("alice"), 11, 4),
                        new AccountSum(Services.account("bob"), 4, 11));
        Epoch.Part whole = epoch.part(1, List.of(), LIMITS, 4096);
        assertThat(whole.isWhole()).isTrue();
        assertThat(whole.receiptCount()).isEqualTo(2);
        assertThat(whole.byteCount()).isEqualTo(BigInteger.valueOf(15));
        assertThat(whole.root()).isEqualTo(EpochRoot.of(List.of(root(5), root(6)), epoch.sums()));
    }

    @Test
    void sumsStandInAscendingOrderOfAccount() {
        Epoch.Draft draft = new Epoch.Draft(LIMITS);
        draft.add(item(1, known("a", 1, 0), known("b", 0, 1), known("c", 2, 0), known("d", 0, 2)));
        assertThat(draft.closeAfter(0).sums())
                .isSortedAccordingTo((one, other) ->
                        one.account().bytes().compareTo(other.account().bytes()));
    }

    @Test
    void endsBeforeTheBatchThatWouldCostTooMuch() {
        Epoch.Draft draft = new Epoch.Draft(LIMITS);
        assertThat(draft.add(item(1, newcomers(3)))).isTrue();
        assertThat(draft.add(item(2, known("alice", 1, 0), known("bob", 0, 1)))).isFalse();
        assertThat(draft.closeAfter(0).toPosition()).isEqualTo(1);
    }

    @Test
    void takesAFirstBatchOfAnySize() {
        Epoch.Draft draft = new Epoch.Draft(LIMITS);
        assertThat(draft.add(item(1, newcomers(50)))).isTrue();
    }

    @Test
    void settlesABatchThatNoTransactionCarriesInPartsThatBalance() {
        Epoch.Draft draft = new Epoch.Draft(LIMITS);
        draft.add(item(1, newcomers(50)));
        Epoch epoch = draft.closeAfter(0);

        List<AccountSum> carried = new ArrayList<>();
        List<Epoch.Part> parts = new ArrayList<>();
        do {
            Epoch.Part part = epoch.part(parts.size() + 1, carried, LIMITS, 4096);
            assertThat(part.sums()).hasSizeLessThanOrEqualTo(3);
            assertThat(part.root()).isEqualTo(EpochRoot.of(List.of(root(1)), part.sums()));
            carried.addAll(part.sums());
            parts.add(part);
        } while (!parts.getLast().isLast());

        assertThat(parts).hasSize(17);
        assertThat(parts).extracting(Epoch.Part::receiptCount).startsWith(1L).endsWith(0L);
        assertThat(carried).containsExactlyInAnyOrderElementsOf(epoch.sums());
    }

    @Test
    void inModeImmediateIsOneReport() {
        var immediate = new SettlementProperties(
                SettlementProperties.Mode.IMMEDIATE,
                Duration.ofMinutes(5),
                512,
                100_000,
                7_000,
                30_000,
                4096,
                128,
                Duration.ofMinutes(2),
                null);
        assertThat(immediate.batchesPerEpoch()).isEqualTo(1);
        assertThat(immediate.interval(false)).isZero();
    }

    @Test
    void anAccountThatIsThereAlreadyCostsNothingMore() {
        Epoch.Draft draft = new Epoch.Draft(LIMITS);
        draft.add(item(1, newcomers(3)));
        assertThat(draft.add(item(2, newcomers(3)))).isTrue();
    }

    private static CreditItems.Delta[] newcomers(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new CreditItems.Delta(new AccountSum(Services.account("new" + n), 1, 1), false, false))
                .toArray(CreditItems.Delta[]::new);
    }

    private static CreditItems.Delta known(String user, long up, long down) {
        return new CreditItems.Delta(new AccountSum(Services.account(user), up, down), true, true);
    }

    private static CreditItems.Item item(long position, CreditItems.Delta... deltas) {
        return new CreditItems.Item(position, 1, root(position), Instant.EPOCH, List.of(deltas));
    }

    private static Bytes32 root(long position) {
        return Keccak256.hash(Bytes.ofUnsignedLong(position));
    }
}
