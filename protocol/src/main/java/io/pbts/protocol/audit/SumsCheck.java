package io.pbts.protocol.audit;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.epoch.EpochReader.Located;
import io.pbts.protocol.epoch.EpochRecord;
import io.pbts.protocol.epoch.Finding;
import io.pbts.protocol.epoch.WrongEpoch;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.SumsTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;

/** Sums of the accounts: as they are stated, and as the rows give them. */
final class SumsCheck {
    private static final int UP_OFFSET = EpochRecord.FRAME_HEAD + Bytes32.SIZE;
    private static final int DOWN_OFFSET = UP_OFFSET + Long.BYTES;

    private final Map<ChainAccount, AccountSum> computed = new HashMap<>();
    private final List<Stated> stated = new ArrayList<>();

    private record Stated(long offset, int size, AccountSum sum) {}

    /** A row's bytes, up for one account and down for the other. */
    void add(Located record, ChainAccount sender, ChainAccount receiver, long bytes) {
        try {
            merge(new AccountSum(sender, bytes, 0));
            merge(new AccountSum(receiver, 0, bytes));
        } catch (ArithmeticException overflow) {
            throw new WrongEpoch(new Finding(
                    record.offset(), record.size(), "row", "bytes credited", "make a sum of more than 63 bits"));
        }
    }

    private void merge(AccountSum more) {
        computed.merge(
                more.account(),
                more,
                (one, other) -> new AccountSum(
                        one.account(), Math.addExact(one.up(), other.up()), Math.addExact(one.down(), other.down())));
    }

    void state(Located record, AccountSum sum) {
        if (!stated.isEmpty()
                && stated.getLast()
                                .sum()
                                .account()
                                .bytes()
                                .compareTo(sum.account().bytes())
                        >= 0) {
            throw new WrongEpoch(new Finding(
                    record.offset() + EpochRecord.FRAME_HEAD,
                    Bytes32.SIZE,
                    "sum",
                    "account",
                    "is not above the one before it"));
        }
        stated.add(new Stated(record.offset(), record.size(), sum));
    }

    boolean isEmpty() {
        return stated.isEmpty();
    }

    long count() {
        return stated.size();
    }

    /** The first sum that is one too many. */
    WrongEpoch surplus(long wanted) {
        Stated first = stated.get((int) wanted);
        return new WrongEpoch(
                new Finding(first.offset(), first.size(), "sum", "", "is one more than the header counts"));
    }

    Bytes32 stated() {
        return SumsTree.of(stated.stream().map(Stated::sum).toList()).root();
    }

    Bytes32 computed() {
        return SumsTree.of(List.copyOf(computed.values())).root();
    }

    /** Whether stated sums are what the rows give, and whether they give the root. */
    void require(Bytes32 root) {
        Optional<WrongEpoch> difference = difference();
        if (difference.isPresent()) {
            throw difference.get();
        }
        if (!stated().equals(root)) {
            throw new WrongEpoch(new Finding(
                    stated.isEmpty() ? 0 : stated.getFirst().offset(),
                    stated.stream().mapToLong(Stated::size).sum(),
                    "sums",
                    "",
                    "are those of the rows, and do not give the header's sums root"));
        }
    }

    /** For a finding about rows: whose sums they change. */
    String hint() {
        return difference().map(found -> " (and " + found.finding() + ")").orElse("");
    }

    private Optional<WrongEpoch> difference() {
        for (Stated one : stated) {
            AccountSum sum = one.sum();
            AccountSum rows = computed.getOrDefault(sum.account(), new AccountSum(sum.account(), 0, 0));
            if (!computed.containsKey(sum.account())) {
                return differs(one, EpochRecord.FRAME_HEAD, Bytes32.SIZE, "account", "has no row");
            }
            if (sum.up() != rows.up()) {
                return differs(one, UP_OFFSET, Long.BYTES, "up", says(sum.up(), rows.up()));
            }
            if (sum.down() != rows.down()) {
                return differs(one, DOWN_OFFSET, Long.BYTES, "down", says(sum.down(), rows.down()));
            }
        }
        return stated.size() == computed.size()
                ? Optional.empty()
                : Optional.of(new WrongEpoch(new Finding(
                        stated.isEmpty() ? 0 : stated.getFirst().offset(),
                        stated.stream().mapToLong(Stated::size).sum(),
                        "sums",
                        "",
                        "leave out accounts that have rows")));
    }

    private static String says(long sum, long rows) {
        return "is %d, and the rows give %d".formatted(sum, rows);
    }

    private static Optional<WrongEpoch> differs(Stated sum, int at, int size, String field, String problem) {
        return Optional.of(new WrongEpoch(new Finding(sum.offset() + at, size, "sum", field, problem)));
    }
}
