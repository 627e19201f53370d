package io.pbts.engine.torrent;

import io.pbts.engine.picker.Attempt;
import io.pbts.engine.storage.PieceStore;
import io.pbts.protocol.torrent.TorrentId;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;

/** Hashes pieces and writes the right ones, on threads made for it. */
final class Verifier {

    private final Shared shared;
    private final TorrentId torrent;
    private final PieceStore store;
    private final SwarmEvents events;
    private int busy;

    Verifier(Shared shared, TorrentId torrent, PieceStore store, SwarmEvents events) {
        this.shared = shared;
        this.torrent = torrent;
        this.store = store;
        this.events = events;
    }

    /** The attempt has all its blocks; what becomes of it is told to the swarm. */
    void submit(Attempt attempt, Swarm swarm) {
        synchronized (this) {
            busy++;
        }
        try {
            shared.hashers().execute(() -> {
                try {
                    verify(attempt, swarm);
                } finally {
                    done();
                }
            });
        } catch (RejectedExecutionException e) {
            // The engine has stopped; the piece is fetched again another time.
            done();
        }
    }

    private void verify(Attempt attempt, Swarm swarm) {
        if (!store.matches(attempt.piece(), attempt.buffer())) {
            shared.listener().pieceCorrupt(torrent, attempt.piece(), attempt.sources());
            swarm.corrupt(attempt);
            return;
        }
        try {
            store.write(attempt.piece(), attempt.buffer());
        } catch (IOException e) {
            swarm.lost(attempt);
            events.filesFailed(e);
            return;
        }
        if (swarm.verified(attempt)) {
            shared.listener().pieceVerified(torrent, attempt.piece(), attempt.length(), attempt.sources());
        }
    }

    private synchronized void done() {
        busy--;
        notifyAll();
    }

    /** Waits until every piece that has come in is written. */
    synchronized void awaitIdle() throws InterruptedException {
        while (busy > 0) {
            wait();
        }
    }
}
