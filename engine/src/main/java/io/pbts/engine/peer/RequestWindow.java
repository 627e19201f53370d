package io.pbts.engine.peer;

import io.pbts.engine.Block;

/**
 * How many blocks a peer is asked for ahead of their coming. Grows with each block as long as that makes it faster, then
 * follows the rate: what comes in a second. Never more than the peer keeps ({@code reqq}).
 */
public final class RequestWindow {

    /** 16 MiB on their way. */
    static final int MAX = 1024;

    /** What a peer keeps that does not say: the least among usual clients. */
    static final int UNSAID = 250;

    private static final int MIN = 16;
    private static final int START = 64;
    private static final int SNUBBED = 2;

    private int size = START;
    private int bound = UNSAID;
    private boolean growing = true;
    private double lastRate;

    public int size() {
        return Math.min(size, bound);
    }

    /** What the peer said it keeps. */
    public void bound(int requestQueue) {
        bound = Math.clamp(requestQueue, 1, MAX);
    }

    public void received() {
        if (growing && size < bound) {
            size++;
        }
    }

    /** A second has passed. */
    public void tick(double bytesPerSecond) {
        if (growing) {
            growing = lastRate == 0 || bytesPerSecond > lastRate * 1.1;
            lastRate = bytesPerSecond;
        } else {
            size = (int) Math.clamp(bytesPerSecond / Block.SIZE, MIN, MAX);
        }
    }

    /** Nothing has come for long: start over. */
    public void snubbed() {
        size = SNUBBED;
        growing = true;
        lastRate = 0;
    }
}
