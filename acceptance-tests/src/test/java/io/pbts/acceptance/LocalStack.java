package io.pbts.acceptance;

import java.util.Map;

/** The stack of profile {@code local}, as {@code ./pbts up} starts it, shared by the tests of the originals' surface. */
final class LocalStack {
    private static Stack running;

    private LocalStack() {}

    static synchronized Stack get() {
        if (running == null) {
            running = Stack.start("local", Map.of());
        }
        return running;
    }
}
