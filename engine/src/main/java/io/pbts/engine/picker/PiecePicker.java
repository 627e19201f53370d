package io.pbts.engine.picker;

import io.pbts.engine.Block;
import io.pbts.engine.limit.PieceBuffer;
import io.pbts.engine.limit.SlabPool;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Decides which blocks to ask a peer for. A piece is begun with one peer and stays with it; the rarest one is begun first.
 * What a peer leaves behind is continued by it or by another, and when nothing is left to begin, peers that would idle help
 * with what is on its way: block by block, or, where pieces must be whole, by a second attempt of their own at a piece whose
 * owner is slow. Not safe for concurrent use.
 */
public final class PiecePicker {

    private final IntUnaryOperator lengthOf;
    private final SlabPool pool;
    private final PieceOrder order;
    private final Map<Integer, List<Attempt>> active = new LinkedHashMap<>();
    private final Requests requests = new Requests();
    private final BitSet suspect = new BitSet();

    /**
     * Picks from all pieces that are not there.
     *
     * @param have pieces that are
     * @param lengthOf bytes of each piece
     */
    public PiecePicker(
            int pieces, BitSet have, IntUnaryOperator lengthOf, SlabPool pool, int maxPeers, RandomGenerator random) {
        this.lengthOf = lengthOf;
        this.pool = pool;
        this.order = new PieceOrder(pieces, maxPeers, random);
        have.stream().forEach(order::remove);
    }

    /** A peer that does not have everything has this piece. */
    public void available(int piece) {
        order.increment(piece);
    }

    /** Such a peer has gone. */
    public void unavailable(BitSet pieces) {
        pieces.stream().forEach(order::decrement);
    }

    /** Up to so many blocks, which count as requested from the source from now on. */
    public List<Block> pick(Source source, int count) {
        List<Block> picked = new ArrayList<>(count);
        continueWith(source, picked, count);
        while (picked.size() < count && begin(source, picked, count)) {}
        if (picked.isEmpty() && outstanding(source) == 0) {
            help(source, picked, count);
        }
        return picked;
    }

    /** Pieces that are its own, then such as nobody works at any more. */
    private void continueWith(Source source, List<Block> picked, int count) {
        for (List<Attempt> attempts : active.values()) {
            for (Attempt attempt : attempts) {
                if (picked.size() >= count) {
                    return;
                }
                boolean orphan = attempt.owner() == null && source.has(attempt.piece()) && attempt.mayAdd(source);
                if (orphan) {
                    attempt.own(source);
                }
                if (attempt.owner() == source) {
                    request(source, attempt, picked, count, attempt::isUnrequested);
                }
            }
        }
    }

    private boolean begin(Source source, List<Block> picked, int count) {
        int piece = order.rarest(candidate -> source.has(candidate) && !active.containsKey(candidate));
        if (piece < 0) {
            return false;
        }
        Optional<Attempt> begun = attempt(source, piece);
        begun.ifPresent(attempt -> request(source, attempt, picked, count, attempt::isUnrequested));
        return begun.isPresent();
    }

    private Optional<Attempt> attempt(Source source, int piece) {
        int length = lengthOf.applyAsInt(piece);
        Optional<PieceBuffer> memory = pool.tryAcquire(length);
        if (memory.isEmpty() && dropAnOrphan()) {
            memory = pool.tryAcquire(length);
        }
        Optional<Attempt> attempt =
                memory.map(buffer -> new Attempt(piece, length, buffer, source, suspect.get(piece)));
        attempt.ifPresent(
                made -> active.computeIfAbsent(piece, _ -> new ArrayList<>(1)).add(made));
        return attempt;
    }

    /** What nobody works at must not keep the memory from those who would. */
    private boolean dropAnOrphan() {
        for (List<Attempt> attempts : active.values()) {
            for (Attempt attempt : attempts) {
                if (attempt.owner() == null && !attempt.isComplete()) {
                    requests.withdraw(attempt);
                    remove(attempt);
                    return true;
                }
            }
        }
        return false;
    }

    private void help(Source source, List<Block> picked, int count) {
        for (List<Attempt> attempts : List.copyOf(active.values())) {
            Attempt first = attempts.getFirst();
            if (picked.size() >= count || !source.has(first.piece())) {
                continue;
            }
            if (first.isWhole() || source.wholePieces()) {
                if (attempts.size() == 1 && picked.isEmpty() && isWorthASecond(first, source)) {
                    attempt(source, first.piece())
                            .ifPresent(second -> request(source, second, picked, count, second::isUnrequested));
                }
            } else {
                request(source, first, picked, count, first::isUnrequested);
                request(source, first, picked, count, first::isRequestedOnce);
            }
        }
    }

    /** An attempt that nobody can continue, or one that its owner needs much longer for than the source would. */
    private static boolean isWorthASecond(Attempt attempt, Source source) {
        Source owner = attempt.owner();
        if (attempt.isComplete() || owner == source) {
            return false;
        }
        if (owner == null) {
            return true;
        }
        double toGo = (double) attempt.missing() * Block.SIZE / Math.max(1, owner.rate());
        double anew = attempt.length() / Math.max(1, source.rate());
        return toGo > 2 && toGo > 4 * anew;
    }

    private interface Choice {
        boolean takes(int number);
    }

    private void request(Source source, Attempt attempt, List<Block> picked, int count, Choice choice) {
        if (attempt.isComplete() || !attempt.mayAdd(source)) {
            return;
        }
        for (int number = 0; number < attempt.blocks() && picked.size() < count; number++) {
            if (choice.takes(number) && requests.add(source, attempt, number)) {
                picked.add(attempt.block(number));
            }
        }
    }

    /** Blocks the source has been asked for and has not begun to send. */
    public int outstanding(Source source) {
        return requests.count(source);
    }

    /** The source begins to send a block: where it goes, or empty when it is not wanted from it any more. */
    public Optional<Landing> begin(Source source, Block block) {
        Attempt attempt = requests.remove(source, block);
        if (attempt == null || !attempt.mayAdd(source) || !attempt.begin(block.begin() / Block.SIZE)) {
            return Optional.empty();
        }
        return Optional.of(new Landing(attempt, block, attempt.buffer().slice(block.begin(), block.length())));
    }

    /** The block is there in full. Answers who need not send it any more. */
    public List<Withdrawal> finish(Source source, Landing landing) {
        Attempt attempt = landing.attempt();
        attempt.finish(landing.number(), source);
        return attempt.isRequested(landing.number()) ? requests.withdraw(attempt, landing.block()) : List.of();
    }

    /** The block did not come in full. */
    public void abort(Landing landing) {
        landing.attempt().abort(landing.number());
    }

    /**
     * Whether the landing's piece has all its blocks now. Then its buffer stays until the caller says what became of it:
     * {@link #verified}, {@link #corrupt} or {@link #lost}.
     */
    public boolean isComplete(Landing landing) {
        boolean complete = landing.attempt().isComplete() && !landing.attempt().isDropped();
        if (complete) {
            landing.attempt().hold();
        }
        return complete;
    }

    /** The source will not send the block; false when it was not asked for it. */
    public boolean refused(Source source, Block block) {
        return requests.remove(source, block) != null;
    }

    /** The source will send nothing of what it was asked for. Answers what that was. */
    public List<Block> release(Source source) {
        List<Block> blocks = List.copyOf(requests.removeAll(source));
        for (List<Attempt> attempts : List.copyOf(active.values())) {
            for (Attempt attempt : List.copyOf(attempts)) {
                if (attempt.owner() == source) {
                    attempt.own(null);
                    dropIfUntouched(attempt);
                }
            }
        }
        return blocks;
    }

    private void dropIfUntouched(Attempt attempt) {
        if (attempt.isUntouched()) {
            remove(attempt);
        }
    }

    /** The piece is ours. Answers who need not send it any more. */
    public List<Withdrawal> verified(Attempt done) {
        order.remove(done.piece());
        suspect.clear(done.piece());
        List<Withdrawal> withdrawn = new ArrayList<>();
        for (Attempt attempt : List.copyOf(active.getOrDefault(done.piece(), List.of()))) {
            withdrawn.addAll(requests.withdraw(attempt));
            remove(attempt);
        }
        done.letGo();
        return withdrawn;
    }

    /** Its hash was wrong: it is fetched anew, from one peer alone. Nothing of it is left. */
    public void corrupt(Attempt attempt) {
        suspect.set(attempt.piece());
        lost(attempt);
    }

    /** It could not be kept. Nothing of it is left. */
    public void lost(Attempt attempt) {
        remove(attempt);
        attempt.letGo();
    }

    private void remove(Attempt attempt) {
        List<Attempt> attempts = active.get(attempt.piece());
        if (attempts != null && attempts.remove(attempt)) {
            attempt.drop();
            if (attempts.isEmpty()) {
                active.remove(attempt.piece());
            }
        }
    }

    /** Forgets everything on its way. */
    public void clear() {
        requests.clear();
        for (List<Attempt> attempts : List.copyOf(active.values())) {
            List.copyOf(attempts).forEach(this::remove);
        }
    }
}
