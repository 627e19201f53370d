package io.pbts.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A process beyond doubt. A pid alone is reused, sometimes within seconds in a container; a pid with its time of birth is not.
 *
 * @param birth boot and clock tick of the start (Linux, proc(5) field 22: immune to clock steps), elsewhere milliseconds since 1970
 */
public record ProcessId(long pid, String birth) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Pattern TEXT = Pattern.compile("\\d{1,19} [0-9a-f:-]{1,80}");
    private static final int STATE = 0;
    private static final int START_TIME = 19;

    public ProcessId {
        if (pid <= 0 || birth.isBlank()) {
            throw new IllegalArgumentException("not a process: " + pid + " " + birth);
        }
    }

    /** The process that has this pid now; empty when none has, or only a zombie. */
    public static Optional<ProcessId> of(long pid) {
        return birthOf(pid).map(birth -> new ProcessId(pid, birth));
    }

    public static ProcessId self() {
        long pid = ProcessHandle.current().pid();
        return of(pid).orElseThrow(() -> new IllegalStateException("this process does not see itself: " + pid));
    }

    /** Reads what {@link #text()} wrote; empty for anything else, such as a half-written file of a killed run. */
    static Optional<ProcessId> parse(String text) {
        String line = text.strip();
        if (!TEXT.matcher(line).matches()) {
            return Optional.empty();
        }
        int space = line.indexOf(' ');
        return Optional.of(new ProcessId(Long.parseLong(line, 0, space, 10), line.substring(space + 1)));
    }

    String text() {
        return pid + " " + birth;
    }

    /** Whether this very process still runs. */
    public boolean alive() {
        return birthOf(pid).filter(birth::equals).isPresent();
    }

    private static Optional<String> birthOf(long pid) {
        if (!Files.exists(BOOT)) {
            return ProcessHandle.of(pid)
                    .flatMap(handle -> handle.info().startInstant())
                    .map(start -> Long.toString(start.toEpochMilli()));
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The command in brackets may hold spaces and brackets itself: count from the last one.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            if (fields[STATE].equals("Z") || fields[STATE].equals("X")) {
                return Optional.empty();
            }
            return Optional.of(Files.readString(BOOT).strip() + ":" + fields[START_TIME]);
        } catch (IOException e) {
            return Optional.empty(); // gone, or gone between two reads
        }
    }
}
