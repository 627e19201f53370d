package io.pbts.agent.sharing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count of bytes grows, over the last ten seconds. For one thread. */
final class Meter {

    private static final long SPAN = Duration.ofSeconds(10).toNanos();

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long at, long bytes) {}

    /**
     * Takes a reading.
     *
     * @param now of {@link System#nanoTime}
     * @return bytes a second; 0 until there are two readings
     */
    long read(long bytes, long now) {
        samples.addLast(new Sample(now, bytes));
        while (samples.size() > 2 && now - samples.getFirst().at() > SPAN) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        long nanos = now - first.at();
        return nanos <= 0 ? 0 : (long) ((bytes - first.bytes()) * 1e9 / nanos);
    }
}
