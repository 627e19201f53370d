package io.pbts.local.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** How a part is asked to stop. */
public enum StopSignal {
    /** The usual request. */
    TERM("KILL"),
    /** What Postgres calls a fast shutdown: SIGTERM would wait for its clients. */
    INT("INT");

    private static final int LIMIT_SECONDS = 5;

    private final String whenParentDies;

    StopSignal(String whenParentDies) {
        this.whenParentDies = whenParentDies;
    }

    /** The signal when the supervisor was killed: nobody is left to wait for a tidy end, but a database ends tidily by itself. */
    String whenParentDies() {
        return whenParentDies;
    }

    void send(long pid) {
        if (this == TERM) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
            return;
        }
        try {
            Process kill = new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException e) {
            throw new IllegalStateException("no kill command on this machine", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
