package io.pbts.agent.cli;

import java.time.Duration;
import java.util.Map;

/**
 * Where a command that takes its time tells how it goes. On a terminal the last line is a bar that is drawn again and again;
 * elsewhere people get a line every ten seconds, programs an object each time. The bar is on standard error and without
 * colours, so {@code NO_COLOR} has nothing to take away.
 */
public final class Screen {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final World world;
    private final Output output;
    private int drawn;
    private long toldAt = System.nanoTime();

    public Screen(World world, Output output) {
        this.world = world;
        this.output = output;
    }

    /** One thing that happened. */
    public synchronized void tell(String event, Map<String, ?> fields, String sentence) {
        erase();
        output.tell(world.out(), event, fields, sentence);
    }

    /** How it goes. */
    public synchronized void progress(Map<String, ?> fields, String sentence) {
        if (!output.isProse()) {
            output.detail(world.out(), "progress", fields);
        } else if (world.terminal()) {
            draw(sentence);
        } else if (System.nanoTime() - toldAt > BETWEEN_LINES.toNanos()) {
            toldAt = System.nanoTime();
            output.tell(world.out(), "progress", fields, sentence);
        }
    }

    /** What came of it, last. */
    public synchronized void result(String event, Map<String, ?> fields, String sentence) {
        erase();
        output.result(world.out(), event, fields, sentence);
    }

    /** Leaves the last line empty. */
    public synchronized void erase() {
        if (drawn > 0) {
            world.err().print("\r" + " ".repeat(drawn) + "\r");
            world.err().flush();
            drawn = 0;
        }
    }

    private void draw(String sentence) {
        int room = Math.max(20, world.columns() - 1);
        String line = sentence.length() > room ? sentence.substring(0, room) : sentence;
        world.err().print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
        world.err().flush();
        drawn = line.length();
    }
}
