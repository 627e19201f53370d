package io.pbts.benchmarks.settlement;

import io.pbts.benchmarks.settlement.Call.Delta;
import io.pbts.benchmarks.settlement.DevChain.Receipt;
import io.pbts.protocol.hash.Keccak256;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** A ledger on the dev chain beside what it has to say: every settlement's accounts are read back before its gas counts. */
final class Ledger {
    /** Words of {@code getAccount}'s answer. */
    private static final int SETTLED_UP = 3;

    private static final int SETTLED_DOWN = 4;

    private record Sums(long up, long down) {
        Sums plus(Delta delta) {
            return new Sums(Math.addExact(up, delta.up()), Math.addExact(down, delta.down()));
        }
    }

    private final DevChain chain;
    private final Bytes address;
    private final Map<Bytes32, Sums> expected;
    private long seq;
    private long readBack;

    private Ledger(DevChain chain, Bytes address, Map<Bytes32, Sums> expected) {
        this.chain = chain;
        this.address = address;
        this.expected = expected;
    }

    static Ledger create(DevChain chain, Bytes factory) throws IOException, InterruptedException {
        return create(chain, factory, Bytes.wrap(new byte[20]), Map.of());
    }

    /** A ledger that copies from this one. */
    Ledger successor(Bytes factory) throws IOException, InterruptedException {
        return create(chain, factory, address, expected);
    }

    private static Ledger create(DevChain chain, Bytes factory, Bytes referrer, Map<Bytes32, Sums> inherited)
            throws IOException, InterruptedException {
        Bytes answer = chain.read(factory, List.of(Call.nextAddress(chain.sender(), referrer)))
                .getFirst();
        require(chain.send(Optional.of(factory), Call.deployNewTracker(referrer)), "creating a ledger");
        return new Ledger(chain, answer.slice(12), new HashMap<>(inherited));
    }

    /** One settlement, if a transaction can hold it. The gas of all of it, calldata and the 21,000 included. */
    Optional<Long> trySettle(List<Delta> deltas) throws IOException, InterruptedException {
        Bytes32 root = Keccak256.hash(Bytes.ofUnsignedLong(seq + 1), address);
        Optional<Receipt> receipt = chain.send(Optional.of(address), Call.settle(seq + 1, root, deltas.size(), deltas));
        if (receipt.filter(Receipt::succeeded).isEmpty()) {
            requireSeq(seq);
            return Optional.empty();
        }
        seq++;
        requireSeq(seq);
        deltas.forEach(delta ->
                expected.merge(delta.account(), new Sums(delta.up(), delta.down()), (before, _) -> before.plus(delta)));
        requireBalances(deltas);
        return receipt.map(Receipt::gasUsed);
    }

    long settle(List<Delta> deltas) throws IOException, InterruptedException {
        return trySettle(deltas)
                .orElseThrow(() -> new IOException("a settlement of %d accounts was refused".formatted(deltas.size())));
    }

    /** A write of one user's delta by itself, as the AI-agent variant makes two of for each receipt. */
    long update(Bytes user, long bytes) throws IOException, InterruptedException {
        long before = uploaded(user);
        long gas = require(chain.send(Optional.of(address), Call.updateReputation(user, bytes, 0)), "updateReputation")
                .gasUsed();
        long after = uploaded(user);
        if (before != 0 && after - before != bytes) {
            throw new IOException("updateReputation added %d bytes instead of %d".formatted(after - before, bytes));
        }
        return gas;
    }

    /** Balances that were read from the chain and were right. */
    long readBack() {
        return readBack;
    }

    private long uploaded(Bytes user) throws IOException, InterruptedException {
        return Call.number(
                chain.read(address, List.of(Call.getReputation(user))).getFirst(), 0);
    }

    private void requireSeq(long wanted) throws IOException, InterruptedException {
        long found = Call.number(chain.read(address, List.of(Call.lastSeq())).getFirst(), 0);
        if (found != wanted) {
            throw new IOException("the ledger stands at settlement %d instead of %d".formatted(found, wanted));
        }
    }

    private void requireBalances(List<Delta> deltas) throws IOException, InterruptedException {
        List<Bytes> answers = chain.read(
                address,
                deltas.stream().map(delta -> Call.getAccount(delta.account())).toList());
        for (int i = 0; i < answers.size(); i++) {
            Bytes32 account = deltas.get(i).account();
            var found = new Sums(Call.number(answers.get(i), SETTLED_UP), Call.number(answers.get(i), SETTLED_DOWN));
            if (!found.equals(expected.get(account))) {
                throw new IOException(
                        "account %s has %s instead of %s".formatted(account, found, expected.get(account)));
            }
        }
        readBack += answers.size();
    }

    private static Receipt require(Optional<Receipt> receipt, String what) throws IOException {
        return receipt.filter(Receipt::succeeded).orElseThrow(() -> new IOException(what + " failed"));
    }
}
