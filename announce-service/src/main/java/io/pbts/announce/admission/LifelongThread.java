package io.pbts.announce.admission;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Work in the background for as long as the application lives: begun before the listeners open, interrupted at the end. */
public abstract class LifelongThread implements SmartLifecycle {
    private final String name;
    private volatile boolean running;
    private @Nullable Thread thread;

    protected LifelongThread(String name) {
        this.name = name;
    }

    /** Works while {@link #isRunning()}. */
    protected abstract void work() throws InterruptedException;

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name(name).start(this::workUntilInterrupted);
    }

    @Override
    public void stop() {
        running = false;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the listeners. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void workUntilInterrupted() {
        try {
            work();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
