package io.pbts.engine.receipt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Does work in batches on a thread of its own: whatever has come in while the batch before was done, and a rest after it.
 * After each batch, and ten times a second when there is none, something else gets its turn.
 */
final class Batches<T> implements AutoCloseable {

    private static final int CAPACITY = 4096;

    private final BlockingQueue<T> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Consumer<List<T>> work;
    private final Runnable turn;
    private final Duration rest;
    private final Thread thread;
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private volatile boolean closing;

    /** @param rest after each batch; waking the thread for every item costs more than what is done with most of them */
    Batches(String name, Consumer<List<T>> work, Runnable turn, Duration rest) {
        this.work = work;
        this.turn = turn;
        this.rest = rest;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** Waits while the queue is full, which slows down whoever sends too much. */
    void add(T item) {
        try {
            queue.put(item);
            added.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<T> batch = new ArrayList<>();
        try {
            while (!closing || !queue.isEmpty()) {
                T first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, ReceiptMessages.MAX_BATCH - 1);
                    work.accept(List.copyOf(batch));
                    done.addAndGet(batch.size());
                    batch.clear();
                }
                turn.run();
                if (first != null && !closing) {
                    Thread.sleep(rest);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when everything has been done whose {@link #add} had returned. */
    void awaitAdded() throws InterruptedException {
        long until = added.get();
        while (done.get() < until && thread.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
