package io.pbts.protocol.audit;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsBatch;
import io.pbts.protocol.crypto.BlsMessage;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.BlsSigned;
import io.pbts.protocol.epoch.Finding;
import io.pbts.protocol.epoch.WrongEpoch;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.tuweni.bytes.Bytes;

/**
 * Signatures that are judged together, many for a part of the price of each, while the file is read on. The first wrong one in
 * the file is named: groups are looked at in the order in which they were read.
 */
final class BlsClaims {
    private static final int FULL = 1024;
    /** Groups that are judged or wait for it: so much is in memory. */
    private static final int AHEAD = 8;

    private final SecureRandom random;
    private final ExecutorService workers;
    private final KnownKeys keys = new KnownKeys();
    private final Deque<Future<Optional<Finding>>> judged = new ArrayDeque<>();
    private Group group = new Group();

    /** A signature of one message, as it stands in the file. */
    private record Single(AccountKey.Bls key, Bytes message, Bytes signature, Finding ifWrong) {}

    /** One signature of several. */
    private record Aggregate(List<Message> messages, Bytes signature, Finding ifWrong) {}

    /** A message and whose it is. */
    record Message(AccountKey.Bls key, Bytes bytes) {}

    BlsClaims(SecureRandom random, ExecutorService workers) {
        this.random = random;
        this.workers = workers;
    }

    void add(AccountKey.Bls key, Bytes message, Bytes signature, Finding finding) {
        group.singles.add(new Single(key, message, signature, finding));
        group.size++;
    }

    void addAggregate(List<Message> messages, Bytes signature, Finding finding) {
        group.aggregates.add(new Aggregate(List.copyOf(messages), signature, finding));
        group.size += messages.size();
    }

    /** Something that is found to be wrong without BLS. */
    void refuse(Finding finding) {
        group.wrong.add(finding);
    }

    void settleWhenFull() {
        if (group.size >= FULL || !group.wrong.isEmpty()) {
            hand();
        }
        while (judged.size() > AHEAD || (!judged.isEmpty() && judged.getFirst().isDone())) {
            take();
        }
    }

    void settle() {
        hand();
        while (!judged.isEmpty()) {
            take();
        }
    }

    private void hand() {
        judged.add(workers.submit(group::firstWrong));
        group = new Group();
    }

    private void take() {
        try {
            judged.removeFirst().get().ifPresent(first -> {
                throw new WrongEpoch(first);
            });
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a verification failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private final class Group {
        private final List<Single> singles = new ArrayList<>();
        private final List<Aggregate> aggregates = new ArrayList<>();
        private final List<Finding> wrong = new ArrayList<>();
        private int size;

        Optional<Finding> firstWrong() {
            List<Finding> found = new ArrayList<>(wrong);
            judgeSingles(found);
            for (Aggregate aggregate : aggregates) {
                if (!holds(aggregate)) {
                    found.add(aggregate.ifWrong());
                }
            }
            return found.stream().min(Comparator.comparingLong(Finding::offset));
        }

        private void judgeSingles(List<Finding> found) {
            List<BlsSigned> signed = new ArrayList<>();
            List<Finding> ifWrong = new ArrayList<>();
            for (Single single : singles) {
                Optional<BlsSigned> claim = keys.parse(single.key())
                        .flatMap(key -> BlsSignature.parse(single.signature())
                                .map(signature -> new BlsSigned(key, single.message(), signature)));
                claim.ifPresentOrElse(
                        one -> {
                            signed.add(one);
                            ifWrong.add(single.ifWrong());
                        },
                        () -> found.add(single.ifWrong()));
            }
            BitSet valid = BlsBatch.verify(signed, random);
            for (int i = valid.nextClearBit(0); i < signed.size(); i = valid.nextClearBit(i + 1)) {
                found.add(ifWrong.get(i));
            }
        }

        private boolean holds(Aggregate aggregate) {
            List<BlsMessage> messages = aggregate.messages().stream()
                    .flatMap(message ->
                            keys.parse(message.key()).map(key -> new BlsMessage(key, message.bytes())).stream())
                    .toList();
            return messages.size() == aggregate.messages().size()
                    && BlsSignature.parse(aggregate.signature())
                            .filter(sum -> Bls.verifyAggregate(messages, sum))
                            .isPresent();
        }
    }

    /** Keys that were parsed: that costs as much as half a signature, and the same few come again and again. */
    private static final class KnownKeys {
        private static final int MOST = 8192;

        private final ConcurrentHashMap<AccountKey.Bls, Optional<BlsPublicKey>> known = new ConcurrentHashMap<>();

        Optional<BlsPublicKey> parse(AccountKey.Bls key) {
            if (known.size() >= MOST) {
                known.clear();
            }
            return known.computeIfAbsent(key, one -> BlsPublicKey.parse(one.bytes()));
        }
    }
}
