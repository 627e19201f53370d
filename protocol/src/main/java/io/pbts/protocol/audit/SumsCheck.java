package io.pbts.protocol.audit;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.audit.StatedPart.Stated;
import io.pbts.protocol.epoch.EpochPart;
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
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes32;

/** Sums of the accounts: as the parts state them, and as the rows give them. */
final class SumsCheck {
    private static final int UP_OFFSET = EpochRecord.FRAME_HEAD + Bytes32.SIZE;
    private static final int DOWN_OFFSET = UP_OFFSET + Long.BYTES;

    private final Map<ChainAccount, AccountSum> computed = new HashMap<>();
    private final List<StatedPart> parts = new ArrayList<>();

    /** A row's bytes, up for one account and down for the other. */
    void add(Located record, ChainAccount sender, ChainAccount receiver, long bytes) {
        try {
            merge(computed, new AccountSum(sender, bytes, 0));
            merge(computed, new AccountSum(receiver, 0, bytes));
        } catch (ArithmeticException overflow) {
            throw new WrongEpoch(new Finding(
                    record.offset(), record.size(), "row", "bytes credited", "make a sum of more than 63 bits"));
        }
    }

    private static void merge(Map<ChainAccount, AccountSum> sums, AccountSum more) {
        sums.merge(
                more.account(),
                more,
                (one, other) -> new AccountSum(
                        one.account(), Math.addExact(one.up(), other.up()), Math.addExact(one.down(), other.down())));
    }

    void begin(Located record, EpochPart part) {
        parts.add(new StatedPart(record, part));
    }

    void state(Located record, AccountSum sum) {
        if (parts.isEmpty()) {
            throw new WrongEpoch(new Finding(record.offset(), record.size(), "sum", "", "belongs to no part"));
        }
        parts.getLast().add(record, sum);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    boolean wantsSum() {
        return !parts.isEmpty() && parts.getLast().wantsSum();
    }

    List<StatedPart> parts() {
        return parts;
    }

    /** The root of a part if the other parts are right: over what the rows give beyond those. */
    Optional<Bytes32> computedRoot(StatedPart part) {
        Map<ChainAccount, AccountSum> rest = new HashMap<>(computed);
        for (StatedPart other : parts) {
            if (other != part) {
                for (Stated stated : other.sums()) {
                    if (!subtract(rest, stated.sum())) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of(SumsTree.of(rest.values().stream()
                        .filter(sum -> sum.up() > 0 || sum.down() > 0)
                        .toList())
                .root());
    }

    private static boolean subtract(Map<ChainAccount, AccountSum> rest, AccountSum sum) {
        AccountSum before = rest.get(sum.account());
        if (before == null || before.up() < sum.up() || before.down() < sum.down()) {
            return false;
        }
        rest.put(sum.account(), new AccountSum(sum.account(), before.up() - sum.up(), before.down() - sum.down()));
        return true;
    }

    /** Whether stated sums are what the rows give, and whether those of each part give its root. */
    void require() {
        Optional<WrongEpoch> difference = difference();
        if (difference.isPresent()) {
            throw difference.get();
        }
        for (StatedPart part : parts) {
            if (!part.givesItsRoot()) {
                throw part.wrong("are those of the rows, and do not give its sums root");
            }
        }
    }

    /** For a finding about rows: whose sums they change. */
    String hint() {
        return difference().map(found -> " (and " + found.finding() + ")").orElse("");
    }

    /** The first sum that the rows do not give; of several parts it is looked for first in one that does not give its root. */
    private Optional<WrongEpoch> difference() {
        Map<ChainAccount, AccountSum> together = new HashMap<>();
        for (StatedPart part : parts) {
            for (Stated stated : part.sums()) {
                try {
                    merge(together, stated.sum());
                } catch (ArithmeticException overflow) {
                    return differs(stated, UP_OFFSET, 2 * Long.BYTES, "up and down", "make more than 63 bits");
                }
            }
        }
        List<StatedPart> doubtful =
                parts.stream().filter(part -> !part.givesItsRoot()).toList();
        Optional<WrongEpoch> found = Stream.concat(doubtful.stream(), parts.stream())
                .flatMap(part -> part.sums().stream())
                .flatMap(stated -> difference(stated, together).stream())
                .findFirst();
        return found.isPresent() || together.size() == computed.size()
                ? found
                : Optional.of(doubtful.isEmpty() ? missing(parts.getLast()) : missing(doubtful.getFirst()));
    }

    private static WrongEpoch missing(StatedPart part) {
        return part.wrong("leave out accounts that have rows");
    }

    private Optional<WrongEpoch> difference(Stated stated, Map<ChainAccount, AccountSum> together) {
        ChainAccount account = stated.sum().account();
        AccountSum sum = together.getOrDefault(account, stated.sum());
        AccountSum rows = computed.getOrDefault(account, new AccountSum(account, 0, 0));
        if (!computed.containsKey(account)) {
            return differs(stated, EpochRecord.FRAME_HEAD, Bytes32.SIZE, "account", "has no row");
        }
        if (sum.up() != rows.up()) {
            return differs(stated, UP_OFFSET, Long.BYTES, "up", says(sum.up(), rows.up()));
        }
        if (sum.down() != rows.down()) {
            return differs(stated, DOWN_OFFSET, Long.BYTES, "down", says(sum.down(), rows.down()));
        }
        return Optional.empty();
    }

    private String says(long sum, long rows) {
        String where = parts.size() == 1 ? "" : " in all parts";
        return "is %d%s, and the rows give %d".formatted(sum, where, rows);
    }

    private static Optional<WrongEpoch> differs(Stated sum, int at, int size, String field, String problem) {
        return Optional.of(new WrongEpoch(new Finding(sum.offset() + at, size, "sum", field, problem)));
    }
}
