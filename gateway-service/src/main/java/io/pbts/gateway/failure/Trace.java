package io.pbts.gateway.failure;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a failure came from, for the log: classes and frames, and nothing that exceptions say. Spring adds the request line to
 * them, a message may hold it too, and an announce's has a passkey in it.
 */
final class Trace {
    private static final int CAUSES = 8;
    private static final int FRAMES = 24;

    private Trace() {}

    static String of(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(CAUSES)
                .map(Trace::one)
                .collect(Collectors.joining("\ncaused by "));
    }

    private static String one(Throwable thrown) {
        String frames = Arrays.stream(thrown.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
        return thrown.getClass().getName() + frames;
    }
}
