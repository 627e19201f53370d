package io.pbts.acceptance;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A Job from its beginning: a pod, and another after each that fails, until one succeeds or its manifest's patience is at its end. */
final class JobRun {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(6);
    private static final int BACKOFF_LIMIT = 6;

    private final ClusterObject job;
    private final long begin = System.nanoTime();
    private @Nullable Pod pod;
    private int failures;
    private long next = begin;
    private long end;
    private boolean complete;
    private @Nullable String failure;

    JobRun(ClusterObject job) {
        this.job = job;
    }

    /** One step of its controller. */
    void step(Supplier<Pod> start) {
        if (complete || failure != null) {
            return;
        }
        if (pod != null && pod.isGone()) {
            judge(pod);
            pod = null;
        } else if (pod == null && System.nanoTime() >= next) {
            pod = start.get();
        }
        Duration deadline = Duration.ofSeconds(job.spec()
                .path("activeDeadlineSeconds")
                .asLong(Duration.ofDays(1).toSeconds()));
        if (!complete && hasPassed(begin, deadline)) {
            fail("DeadlineExceeded");
        }
    }

    boolean isComplete() {
        return complete;
    }

    /** Why it is given up, if it is. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether it ended so long ago that the cluster deletes it. */
    boolean isExpired() {
        boolean isOver = complete || failure != null;
        return isOver
                && job.spec().has("ttlSecondsAfterFinished")
                && hasPassed(
                        end,
                        Duration.ofSeconds(
                                job.spec().path("ttlSecondsAfterFinished").asLong()));
    }

    /** It is no longer wanted. */
    void cancel() {
        if (pod != null) {
            pod.terminate();
        }
    }

    @Override
    public String toString() {
        String state = complete ? "Complete" : failure != null ? failure : String.valueOf(pod);
        return "%s %s after %d failures".formatted(job.id(), state, failures);
    }

    private void judge(Pod ended) {
        if (ended.hasSucceeded()) {
            complete = true;
            end = System.nanoTime();
            return;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
        next = System.nanoTime() + (pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause).toNanos();
        failures++;
        if (failures > job.spec().path("backoffLimit").asInt(BACKOFF_LIMIT)) {
            fail("BackoffLimitExceeded");
        }
    }

    private void fail(String why) {
        failure = why;
        end = System.nanoTime();
        cancel();
    }

    private static boolean hasPassed(long since, Duration time) {
        return System.nanoTime() - since > time.toNanos();
    }
}
