package io.pbts.local.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the machine offers to keep parts apart from the terminal and tied to the supervisor (util-linux). Where a tool is
 * missing, as on macOS, the records alone do the work at the next start.
 *
 * @param sessions keeps Ctrl-C from reaching every part at once: the supervisor stops them in order
 * @param parentDeath lets a part end when the supervisor is killed
 */
public record Isolation(boolean sessions, boolean parentDeath) {
    private static final int LIMIT_SECONDS = 10;

    public static Isolation ofThisMachine() {
        return new Isolation(
                works(List.of("setsid", "true")), works(List.of("setpriv", "--pdeathsig", "KILL", "true")));
    }

    public List<String> ownSession() {
        return sessions ? List.of("setsid") : List.of();
    }

    List<String> endsWithParent(String signal) {
        return parentDeath ? List.of("setpriv", "--pdeathsig", signal) : List.of();
    }

    /** Whether the machine runs this command without complaint. */
    public static boolean works(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false; // no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
