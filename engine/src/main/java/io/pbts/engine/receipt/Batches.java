package io.pbts.engine.receipt;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Does work in batches on a thread of its own: whatever has come in while the batch before was done. */
final class Batches<T> implements AutoCloseable {

    private static final int CAPACITY = 4096;

    private final BlockingQueue<T> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Consumer<List<T>> work;
    private final Thread thread;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closing;

    Batches(String name, Consumer<List<T>> work) {
        this.work = work;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** Waits while the queue is full, which slows down whoever sends too much. */
    void add(T item) {
        try {
            waiting.incrementAndGet();
            queue.put(item);
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
                    waiting.addAndGet(-batch.size());
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when everything that was added has been done. */
    void awaitIdle() throws InterruptedException {
        while (waiting.get() > 0 && thread.isAlive()) {
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
