package io.pbts.local.process;

/** Something that starts processes: the launcher itself, or one that also keeps account of what runs. */
@FunctionalInterface
public interface Starter {
    RunningProcess start(ProcessSpec spec);
}
