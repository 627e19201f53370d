package io.pbts.acceptance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A pod of one container, which is a process here. As a kubelet does, a thread starts it when all that it refers to is there,
 * starts it again with growing pauses when it ends, asks its probes, and once a minute shows it secrets that have changed.
 */
final class Pod {
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration SYNC = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final ClusterObject.Id owner;
    private final String name;
    private final PodTemplate template;
    private final Kubelet kubelet;
    private final PodVolumes volumes;
    private volatile String state = "Pending";
    private volatile boolean ready;
    private volatile boolean terminating;
    private volatile boolean killed;
    private volatile boolean gone;
    private volatile @Nullable RunningContainer running;
    private volatile @Nullable Throwable trouble;

    /** The process of now, and how commands are run beside it. */
    record RunningContainer(Container container, Probe.Inside inside) {
        OptionalInt port(int port) {
            Integer here = container.launch().ports().get(port);
            return here == null ? OptionalInt.empty() : OptionalInt.of(here);
        }
    }

    private Pod(ClusterObject.Id owner, String name, PodTemplate template, Kubelet kubelet, PodVolumes volumes) {
        this.owner = owner;
        this.name = name;
        this.template = template;
        this.kubelet = kubelet;
        this.volumes = volumes;
    }

    /**
     * Starts it as soon as it can be started.
     *
     * @param claims volumes whose data outlive it
     */
    static Pod start(ClusterObject owner, String name, Kubelet kubelet, List<String> claims) {
        var template = new PodTemplate(owner.podTemplate());
        var pod = new Pod(owner.id(), name, template, kubelet, kubelet.volumes(name, template, claims));
        Thread.ofVirtual().name(name).start(pod::live);
        return pod;
    }

    ClusterObject.Id owner() {
        return owner;
    }

    String name() {
        return name;
    }

    PodTemplate template() {
        return template;
    }

    /** Whether it is made from this template. */
    boolean isOf(JsonNode wanted) {
        return template.content().equals(wanted);
    }

    boolean isReady() {
        return ready && !terminating;
    }

    boolean isTerminating() {
        return terminating;
    }

    /** Whether nothing of it is left. */
    boolean isGone() {
        return gone;
    }

    /** Its process, while it runs. */
    Optional<RunningContainer> running() {
        return Optional.ofNullable(running)
                .filter(process -> process.container().isRunning());
    }

    /** Whether it has ended by itself, well. */
    boolean hasSucceeded() {
        RunningContainer last = running;
        return gone && !killed && last != null && last.container().process().exitValue() == 0;
    }

    /** What this stand-in could not do for it; a test must not go on then. */
    Optional<Throwable> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Begins its end: a pause, its signal, and SIGKILL when its time of grace is over. */
    void terminate() {
        terminating = true;
    }

    /** As if the machine had lost its power. */
    void kill() {
        killed = true;
        terminating = true;
        running().ifPresent(process -> process.container().kill());
    }

    @Override
    public String toString() {
        return name + " " + (terminating ? "Terminating" : ready ? "Ready" : state);
    }

    private void live() {
        try {
            Duration pause = Duration.ZERO;
            while (!terminating) {
                Optional<RunningContainer> started = startWhenPossible();
                started.ifPresent(this::attend);
                ready = false;
                if (!template.isRestarted() || started.isEmpty()) {
                    return;
                }
                state = "CrashLoopBackOff, exit code "
                        + started.get().container().process().exitValue();
                rest(pause);
                pause = longer(pause);
            }
        } catch (RuntimeException | AssertionError failed) {
            trouble = failed;
        } finally {
            ready = false;
            gone = true;
        }
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    }

    private Optional<RunningContainer> startWhenPossible() {
        String namespace = owner.namespace();
        while (!terminating) {
            try {
                volumes.write(kubelet.objects(), namespace);
                Map<String, String> environment = kubelet.environment(template, namespace);
                Container.Launch launch = kubelet.launch(template, volumes, environment);
                var started = new RunningContainer(
                        Container.start(name, launch, kubelet.logs()),
                        Kubelet.inside(volumes, environment, launch.ports()));
                running = started;
                if (killed) {
                    started.container().kill();
                }
                state = "Running";
                return Optional.of(started);
            } catch (PodTemplate.Waiting waiting) {
                state = String.valueOf(waiting.getMessage());
                rest(AGAIN);
            }
        }
        return Optional.empty();
    }

    /** Returns when its process has ended. */
    private void attend(RunningContainer process) {
        var startup = new Asked("startupProbe", process);
        var readiness = new Asked("readinessProbe", process);
        var liveness = new Asked("livenessProbe", process);
        long sync = System.nanoTime() + SYNC.toNanos();
        while (process.container().isRunning()) {
            if (terminating) {
                end(process);
            } else if (!startup.holds()) {
                startup.ask();
            } else {
                readiness.ask();
                liveness.ask();
                ready = readiness.holds();
            }
            if (startup.hasFailed() || liveness.hasFailed()) {
                process.container().stop(template.grace());
            }
            if (System.nanoTime() > sync) {
                show();
                sync += SYNC.toNanos();
            }
            Await.pass(LOOK);
        }
    }

    private void show() {
        try {
            volumes.write(kubelet.objects(), owner.namespace());
        } catch (PodTemplate.Waiting missing) {
            // As a kubelet: what was there stays until the objects are whole again.
            state = "Running, " + missing.getMessage();
        }
    }

    private void end(RunningContainer process) {
        ready = false;
        if (!killed) {
            Await.pass(template.pause());
            process.container().stop(template.grace().minus(template.pause()));
        }
    }

    private void rest(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (!terminating && System.nanoTime() < end) {
            Await.pass(LOOK);
        }
    }

    /** A probe and what it was answered. Without one all is well. */
    private final class Asked {
        private final @Nullable Probe probe;
        private final RunningContainer process;
        private long next;
        private int failures;
        private boolean holds;

        private Asked(String field, RunningContainer process) {
            JsonNode content = template.container().path(field);
            this.probe = content.isMissingNode() ? null : new Probe(content, template);
            this.process = process;
            this.holds = probe == null;
        }

        /** Whether the last answer that counts was good. */
        boolean holds() {
            return holds;
        }

        /** Whether so many answers were bad that a container is started anew. */
        boolean hasFailed() {
            return probe != null && failures >= probe.failures();
        }

        /** Asks if it is time. */
        void ask() {
            if (probe == null || System.nanoTime() < next) {
                return;
            }
            boolean good = probe.succeeds(process.container().launch().ports(), process.inside());
            failures = good ? 0 : failures + 1;
            holds = good || (holds && !hasFailed());
            next = System.nanoTime() + probe.period().toNanos();
        }
    }
}
