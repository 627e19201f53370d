package io.pbts.engine.picker;

import io.pbts.engine.Block;
import io.pbts.engine.Peer;
import io.pbts.engine.limit.PieceBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A piece on its way: its buffer, which blocks are there, who sent them. A block that is being received has one writer;
 * whoever else sends it is not listened to, so that nothing changes under the hash.
 */
public final class Attempt {

    private static final byte MISSING = 0;
    private static final byte RECEIVING = 1;
    private static final byte RECEIVED = 2;

    private final int piece;
    private final int length;
    private final PieceBuffer buffer;
    private final byte[] state;
    private final byte[] requesters;
    private final Set<Source> sources = new LinkedHashSet<>();
    private final boolean unmixed;
    private @Nullable Source owner;
    private int missing;
    private int users;
    private boolean dropped;

    /**
     * Nothing is there yet.
     *
     * @param unmixed whether only one peer may send it, whoever it is
     */
    Attempt(int piece, int length, PieceBuffer buffer, Source owner, boolean unmixed) {
        this.piece = piece;
        this.length = length;
        this.buffer = buffer;
        this.owner = owner;
        this.unmixed = unmixed;
        this.state = new byte[Math.ceilDiv(length, Block.SIZE)];
        this.requesters = new byte[state.length];
        this.missing = state.length;
    }

    public int piece() {
        return piece;
    }

    public int length() {
        return length;
    }

    public PieceBuffer buffer() {
        return buffer;
    }

    /** Everybody a block came from. */
    public Set<Peer> sources() {
        return sources.stream().map(Source::peer).collect(Collectors.toUnmodifiableSet());
    }

    int blocks() {
        return state.length;
    }

    Block block(int number) {
        int begin = number * Block.SIZE;
        return new Block(piece, begin, Math.min(Block.SIZE, length - begin));
    }

    @Nullable
    Source owner() {
        return owner;
    }

    void own(@Nullable Source source) {
        owner = source;
    }

    /** Whether another source than those so far may add to it. */
    boolean mayAdd(Source source) {
        if (sources.isEmpty() || (sources.size() == 1 && sources.contains(source))) {
            return true;
        }
        return !unmixed && !source.wholePieces() && sources.stream().noneMatch(Source::wholePieces);
    }

    boolean isWhole() {
        return unmixed
                || (owner != null && owner.wholePieces())
                || sources.stream().anyMatch(Source::wholePieces);
    }

    boolean isUnrequested(int number) {
        return state[number] == MISSING && requesters[number] == 0;
    }

    boolean isRequested(int number) {
        return requesters[number] > 0;
    }

    /** Whether a second peer may be asked for the block as well. */
    boolean isRequestedOnce(int number) {
        return state[number] == MISSING && requesters[number] == 1;
    }

    void requested(int number) {
        requesters[number]++;
    }

    void unrequested(int number) {
        requesters[number]--;
    }

    boolean begin(int number) {
        if (state[number] != MISSING || dropped) {
            return false;
        }
        state[number] = RECEIVING;
        users++;
        return true;
    }

    void abort(int number) {
        state[number] = MISSING;
        users--;
        releaseIfIdle();
    }

    void finish(int number, Source source) {
        state[number] = RECEIVED;
        users--;
        missing--;
        sources.add(source);
        releaseIfIdle();
    }

    boolean isComplete() {
        return missing == 0;
    }

    int missing() {
        return missing;
    }

    /** Whether nobody has sent any of it, is sending it, or has been asked for it. */
    boolean isUntouched() {
        if (missing < state.length || users > 0) {
            return false;
        }
        for (byte count : requesters) {
            if (count > 0) {
                return false;
            }
        }
        return true;
    }

    /** Its bytes are being hashed and written. */
    void hold() {
        users++;
    }

    void letGo() {
        users--;
        releaseIfIdle();
    }

    boolean isDropped() {
        return dropped;
    }

    /** Gives the buffer back, at the latest when its last user is done with it. */
    void drop() {
        if (!dropped) {
            dropped = true;
            releaseIfIdle();
        }
    }

    private void releaseIfIdle() {
        if (dropped && users == 0) {
            buffer.release();
        }
    }
}
