package io.pbts.engine.peer;

import io.pbts.engine.Block;
import io.pbts.engine.wire.Message;
import io.pbts.engine.wire.MessageWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What waits to be sent to one peer: messages, which go first, and blocks it asked for. Bounded: adding never waits, and
 * says no when a peer that does not read has let too much pile up.
 */
final class Outbox {

    /** Requests that are kept for a peer; it is told half of it. */
    static final int MAX_REQUESTS = 2048;

    private static final int MAX_CONTROL_BYTES = 1 << 20;
    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(100);
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Deque<Message> control = new ArrayDeque<>();
    private final Deque<Block> uploads = new ArrayDeque<>();
    private int controlBytes;
    private long pausedUntil;
    private boolean paused;
    private boolean resumed;
    private boolean choking = true;
    private boolean finishing;
    private boolean closed;

    /** Adds messages; false when there is no room for them. */
    synchronized boolean add(List<? extends Message> messages) {
        for (Message message : messages) {
            controlBytes += MessageWriter.size(message);
            control.add(message);
        }
        notifyAll();
        return controlBytes <= MAX_CONTROL_BYTES;
    }

    /** What becomes of a request. */
    enum Admission {
        ACCEPTED,
        /** The peer is choked. */
        REFUSED,
        /** It asked for more than it was told to. */
        FLOOD
    }

    synchronized Admission request(Block block) {
        if (choking || finishing) {
            return Admission.REFUSED;
        }
        if (uploads.size() >= MAX_REQUESTS) {
            return Admission.FLOOD;
        }
        uploads.add(block);
        notifyAll();
        return Admission.ACCEPTED;
    }

    /** Whether the request had not been answered yet. */
    synchronized boolean cancel(Block block) {
        return uploads.remove(block);
    }

    synchronized void unchoke() {
        if (choking) {
            choking = false;
            add(List.of(new Message.Unchoke()));
        }
    }

    /** Drops all requests, which are told to a peer that knows how to hear it (BEP 6). */
    synchronized void choke(boolean reject) {
        if (!choking) {
            choking = true;
            List<Message> messages = new ArrayList<>(List.of(new Message.Choke()));
            if (reject) {
                uploads.forEach(block -> messages.add(new Message.Reject(block)));
            }
            uploads.clear();
            add(messages);
        }
    }

    /** Lets no block go for so long, or until {@link #resume}; nothing happens when that came after the block was looked at. */
    synchronized void pause(long nanos) {
        paused = !resumed;
        pausedUntil = System.nanoTime() + nanos;
    }

    /** As {@link #pause}, for as long as one waits before a gate is asked again. */
    synchronized void pauseForGate() {
        pause(ASK_AGAIN_NANOS);
    }

    synchronized void resume() {
        paused = false;
        resumed = true;
        notifyAll();
    }

    /** The messages that wait are the last ones; blocks go no more. */
    synchronized void finish() {
        finishing = true;
        uploads.clear();
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /**
     * Waits until there is something to send, then appends the messages that fit. What remains room for is blocks'.
     *
     * @return false when nothing will be sent any more
     */
    synchronized boolean takeMessages(ByteBuffer out) throws InterruptedException {
        long idleUntil = System.nanoTime() + KEEP_ALIVE_NANOS;
        while (!closed && !finishing && control.isEmpty() && !mayTakeBlock()) {
            long now = System.nanoTime();
            if (now - idleUntil >= 0) {
                MessageWriter.put(out, new Message.KeepAlive());
                return true;
            }
            long until = paused && !uploads.isEmpty() ? Math.min(idleUntil, pausedUntil) : idleUntil;
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, until - now));
        }
        boolean last = finishing && control.isEmpty();
        while (!control.isEmpty() && MessageWriter.size(control.element()) <= out.remaining()) {
            Message message = control.remove();
            controlBytes -= MessageWriter.size(message);
            MessageWriter.put(out, message);
        }
        return !closed && !last;
    }

    private boolean mayTakeBlock() {
        if (paused && System.nanoTime() - pausedUntil >= 0) {
            paused = false;
        }
        return !paused && !uploads.isEmpty();
    }

    /** The next block, which stays; empty when there is none now. */
    synchronized Optional<Block> peekBlock() {
        resumed = false;
        return mayTakeBlock() ? Optional.ofNullable(uploads.peek()) : Optional.empty();
    }

    /** Removes the block that was looked at; false when it has been withdrawn meanwhile. */
    synchronized boolean take(Block block) {
        boolean there = block.equals(uploads.peek());
        if (there) {
            uploads.remove();
        }
        return there;
    }

    synchronized boolean isChoking() {
        return choking;
    }
}
