package io.pbts.engine.torrent;

import java.util.concurrent.atomic.LongAdder;

/** Bytes of a torrent since it was added. */
final class Counters {
    final LongAdder uploaded = new LongAdder();
    final LongAdder downloaded = new LongAdder();
    final LongAdder wasted = new LongAdder();

    /** Of new pieces whose hash was right: what the tracker hears of, as that is what senders get receipts for. */
    final LongAdder verified = new LongAdder();
}
