package io.pbts.engine.storage;

import io.pbts.engine.limit.SlabPool;
import io.pbts.engine.storage.ResumeFile.Remembered;
import io.pbts.engine.storage.TorrentFiles.Stamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Finds out which pieces are on disk. Pieces of files that look as they were remembered are believed; those of any other
 * file are hashed.
 */
public final class Inventory {

    private final PieceStore store;
    private final ResumeFile resume;

    public Inventory(PieceStore store, ResumeFile resume) {
        this.store = store;
        this.resume = resume;
    }

    /**
     * The pieces that are there.
     *
     * @param hashers threads that hash; two pieces at a time
     * @param cancelled asked before each piece; what is found until then is returned
     */
    public BitSet take(ExecutorService hashers, BooleanSupplier cancelled) throws InterruptedException {
        List<Stamp> now = store.files().stamps();
        Optional<Remembered> remembered =
                resume.load().filter(found -> found.stamps().size() == now.size());
        BitSet touched = new BitSet();
        for (int i = 0; i < now.size(); i++) {
            boolean same =
                    remembered.isPresent() && remembered.get().stamps().get(i).equals(now.get(i));
            touched.set(i, !same);
        }
        BitSet have = remembered.map(Remembered::have).orElseGet(BitSet::new);
        have.clear(store.count(), Math.max(store.count(), have.length()));
        BitSet doubtful = doubtful(touched);
        have.andNot(doubtful);
        have.or(hash(doubtful, hashers, cancelled));
        return have;
    }

    private BitSet doubtful(BitSet touched) {
        BitSet doubtful = new BitSet();
        for (int piece = 0; piece < store.count(); piece++) {
            long offset = (long) piece * store.lengthOf(0);
            boolean any = store.files().filesIn(offset, store.lengthOf(piece)).stream()
                    .anyMatch(touched::get);
            doubtful.set(piece, any);
        }
        return doubtful;
    }

    private BitSet hash(BitSet pieces, ExecutorService hashers, BooleanSupplier cancelled) throws InterruptedException {
        BitSet found = new BitSet();
        int[] numbers = pieces.stream().toArray();
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            ByteBuffer scratch = ByteBuffer.allocateDirect(SlabPool.SLAB);
            for (int at = next.getAndIncrement(); at < numbers.length; at = next.getAndIncrement()) {
                if (cancelled.getAsBoolean()) {
                    return;
                }
                if (store.isOnDisk(numbers[at], scratch)) {
                    synchronized (found) {
                        found.set(numbers[at]);
                    }
                }
            }
        };
        List<? extends Future<?>> both =
                Stream.of(work, work).map(hashers::submit).toList();
        for (Future<?> one : both) {
            await(one);
        }
        return found;
    }

    private static void await(Future<?> work) throws InterruptedException {
        try {
            work.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("hashing failed", e.getCause());
        }
    }

    /** Forces the files to disk, then remembers these pieces. */
    public void remember(BitSet have) throws IOException {
        store.files().force();
        resume.save(new Remembered(have, store.files().stamps()));
    }
}
