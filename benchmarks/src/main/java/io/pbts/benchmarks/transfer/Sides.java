package io.pbts.benchmarks.transfer;

import io.pbts.engine.Engine;
import io.pbts.engine.EngineListener;
import io.pbts.engine.EngineSettings;
import io.pbts.engine.ServeGate;
import io.pbts.protocol.torrent.Metainfo;
import java.io.IOException;

/** The two engines of one transfer, and what they tell each other of receipts. */
interface Sides extends AutoCloseable {

    /** Makes the sides of a transfer of this torrent. */
    interface Maker {
        Sides of(Metainfo torrent);
    }

    Engine seeder(EngineSettings settings) throws IOException;

    Engine leecher(EngineSettings settings) throws IOException;

    /** Waits until all is signed for that is to be, and answers what it is. */
    Outcome.Receipts settled(Course course) throws IOException, InterruptedException;

    /** To be called after both engines are closed. */
    @Override
    void close();

    /** No word of receipts. */
    Sides PLAIN = new Sides() {
        @Override
        public Engine seeder(EngineSettings settings) throws IOException {
            return Engine.start(settings, ServeGate.OPEN, EngineListener.NONE);
        }

        @Override
        public Engine leecher(EngineSettings settings) throws IOException {
            return seeder(settings);
        }

        @Override
        public Outcome.Receipts settled(Course course) {
            return Outcome.Receipts.NONE;
        }

        @Override
        public void close() {}
    };
}
