package io.pbts.engine.torrent;

import java.util.concurrent.atomic.LongAdder;

/** Bytes of a torrent since it was added. */
final class Counters {
    final LongAdder uploaded = new LongAdder();
    final LongAdder downloaded = new LongAdder();
    final LongAdder wasted = new LongAdder();
}
