package io.pbts.local.process;

import io.pbts.local.console.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a killed supervisor left running. Only processes whose recorded time of birth matches are touched. The database goes
 * last and tidily: its clients must be gone first.
 */
public final class Leftovers {
    private final ProcessRecords records;
    private final String last;
    private final Duration grace;

    /** @param last the part that is stopped after all others, by {@link StopSignal#INT} */
    public Leftovers(ProcessRecords records, String last, Duration grace) {
        this.records = records;
        this.last = last;
        this.grace = grace;
    }

    /** Ends them all and returns their names. The lock of the data directory must be held. */
    public List<String> sweep() {
        Map<String, ProcessId> found = new LinkedHashMap<>(records.alive());
        found.remove("supervisor");
        ProcessId database = found.remove(last);
        List<String> names = new ArrayList<>(found.keySet());
        found.values().forEach(id -> StopSignal.TERM.send(id.pid()));
        found.forEach(this::end);
        if (database != null) {
            names.add(last);
            StopSignal.INT.send(database.pid());
            end(last, database);
        }
        return names;
    }

    private void end(String name, ProcessId id) {
        if (!Waiting.until(() -> !id.alive(), grace)) {
            ProcessHandle.of(id.pid()).ifPresent(ProcessHandle::destroyForcibly);
            if (!Waiting.until(() -> !id.alive(), grace)) {
                throw new Trouble(
                        "a leftover process does not end: %s, pid %d; stop it by hand".formatted(name, id.pid()));
            }
        }
        records.remove(name);
    }
}
