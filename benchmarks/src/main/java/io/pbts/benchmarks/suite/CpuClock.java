package io.pbts.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Processor time that named processes have used, each with everything it started (Postgres has a process for each
 * connection), and what the whole machine has.
 *
 * @param processes process ids by name
 */
public record CpuClock(Map<String, Long> processes) {
    /** Everybody's time, also that of processes without a name here. */
    public static final String MACHINE = "machine";

    private static final long MILLIS_PER_TICK = 10;
    private static final Path PROC = Path.of("/proc");

    /** Places behind the name in {@code /proc/<pid>/stat}: user and system time, own and of children that ended. */
    private static final List<Integer> TIMES = List.of(11, 12, 13, 14);

    /** Places in the first line of {@code /proc/stat}: user, nice, system, irq, softirq. */
    private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7);

    public CpuClock {
        processes = new LinkedHashMap<>(processes);
    }

    public Map<String, Duration> read() throws IOException {
        Map<String, Duration> times = new LinkedHashMap<>();
        for (var process : processes.entrySet()) {
            times.put(process.getKey(), tree(process.getValue()));
        }
        String[] machine = Files.readString(PROC.resolve("stat"))
                .lines()
                .findFirst()
                .orElseThrow()
                .split(" +", -1);
        times.put(MACHINE, sum(machine, BUSY));
        return times;
    }

    /** What was used between two readings. */
    public static Map<String, Duration> between(Map<String, Duration> before, Map<String, Duration> after) {
        Map<String, Duration> used = new LinkedHashMap<>();
        after.forEach((name, time) -> used.put(name, time.minus(before.getOrDefault(name, Duration.ZERO))));
        return used;
    }

    private static Duration tree(long pid) throws IOException {
        List<Long> pids = Stream.concat(
                        Stream.of(pid),
                        ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .toList();
        Duration sum = Duration.ZERO;
        for (long one : pids) {
            sum = sum.plus(used(one));
        }
        return sum;
    }

    /** Nothing for a process that has ended: its time is its parent's now. */
    private static Duration used(long pid) throws IOException {
        try {
            return used(Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat")));
        } catch (IOException unreadable) {
            if (ProcessHandle.of(pid).isEmpty()) {
                return Duration.ZERO;
            }
            throw unreadable;
        }
    }

    /** From a line of {@code /proc/<pid>/stat}; the name in it is in brackets and may hold spaces and brackets. */
    static Duration used(String stat) {
        return sum(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1), TIMES);
    }

    private static Duration sum(String[] fields, List<Integer> places) {
        return Duration.ofMillis(places.stream()
                        .mapToLong(place -> Long.parseLong(fields[place]))
                        .sum()
                * MILLIS_PER_TICK);
    }
}
