package io.pbts.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A cluster of one machine, whose pods are processes. Its controllers make pods of what its objects say; a Service's name is a
 * door that leads to the pods that it selects and that are ready. What it does not show: who may talk to whom, users, limits, UDP.
 */
final class Cluster implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(300);

    private final ClusterObjects objects;
    private final Kubelet kubelet;
    private final Doors doors;
    private final List<Pod> pods = new CopyOnWriteArrayList<>();
    private final Map<ClusterObject.Id, JobRun> jobs = new LinkedHashMap<>();
    private final Map<String, Map<Integer, List<Integer>>> endpoints = new LinkedHashMap<>();
    private final AtomicInteger names = new AtomicInteger();
    private volatile boolean closed;
    private volatile @Nullable Throwable trouble;

    /** An empty one, with its controllers at work. */
    Cluster(Path folder, Images images, Doors doors) {
        this.objects = new ClusterObjects();
        this.doors = doors;
        this.kubelet = new Kubelet(folder, images, doors, objects);
        Thread.ofVirtual().name("controllers").start(this::control);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    ClusterObjects objects() {
        return objects;
    }

    /** Pods that are not on their way out. */
    List<Pod> pods() {
        return pods.stream().filter(pod -> !pod.isTerminating()).toList();
    }

    /** All pods, also those on their way out. */
    List<String> podNames() {
        return pods.stream().map(Pod::name).toList();
    }

    /** Pods that a Service selects or a Deployment has. */
    List<Pod> podsOf(ClusterObject object) {
        return pods().stream()
                .filter(pod -> object.kind().equals("Service")
                        ? pod.template()
                                .isLabelled(ClusterObject.texts(object.spec().path("selector")))
                        : pod.owner().equals(object.id()))
                .toList();
    }

    synchronized Rollout rollout(ClusterObject workload) {
        return new Rollout(
                workload,
                pods.stream().filter(pod -> pod.owner().equals(workload.id())).toList());
    }

    /** What became of a Job, once its controller has seen it. */
    synchronized Optional<JobRun> job(ClusterObject.Id id) {
        return Optional.ofNullable(jobs.get(id));
    }

    synchronized void deleteJob(ClusterObject.Id id) {
        objects.delete(id);
        Optional.ofNullable(jobs.remove(id)).ifPresent(JobRun::cancel);
    }

    /** Fails when a controller or a pod met what this stand-in was not written for. */
    void requireNoTrouble() {
        if (trouble != null) {
            throw new AssertionError("controllers: " + trouble, trouble);
        }
        pods.forEach(pod -> pod.trouble().ifPresent(trouble -> {
            throw new AssertionError(pod.name() + ": " + trouble, trouble);
        }));
    }

    /** The end of its machines with all that it was told and the data of its claims. */
    void destroy() {
        synchronized (this) {
            objects.clear();
            jobs.clear();
        }
        kill();
        Shell.run("rm", "-rf", kubelet.claims().toString()).succeeded();
    }

    @Override
    public void close() {
        closed = true;
        kill();
    }

    private synchronized void kill() {
        pods.forEach(Pod::kill);
        Await.until(
                "all pods are gone", Duration.ofMinutes(1), () -> pods.stream().allMatch(Pod::isGone), gone -> gone);
    }

    private void control() {
        try {
            while (!closed) {
                step();
                Await.pass(STEP);
            }
        } catch (RuntimeException | AssertionError failed) {
            trouble = failed;
        }
    }

    private synchronized void step() {
        if (closed) {
            return;
        }
        pods.removeIf(pod -> pod.isGone() && pod.trouble().isEmpty());
        Stream.of("Deployment", "StatefulSet")
                .flatMap(kind -> objects.of(kind).stream())
                .forEach(this::stepWorkload);
        objects.of("Job").forEach(this::stepJob);
        objects.of("Service").forEach(this::lead);
        endpoints.keySet().stream().toList().forEach(this::forgetService);
    }

    private void stepWorkload(ClusterObject workload) {
        if (rollout(workload).step()) {
            boolean isSet = workload.kind().equals("StatefulSet");
            if (isSet && workload.spec().path("replicas").asInt(1) > 1) {
                throw new StandIns.UnknownCommand("sets of several: " + workload.id());
            }
            start(workload, isSet ? "0" : String.valueOf(names.incrementAndGet()));
        }
    }

    private void stepJob(ClusterObject job) {
        JobRun run = jobs.computeIfAbsent(job.id(), _ -> new JobRun(job));
        run.step(() -> start(job, String.valueOf(names.incrementAndGet())));
        if (run.isExpired()) {
            deleteJob(job.id());
        }
    }

    private Pod start(ClusterObject owner, String suffix) {
        List<String> claims = owner.spec()
                .path("volumeClaimTemplates")
                .valueStream()
                .map(claim -> claim.at("/metadata/name").asString())
                .toList();
        Pod pod = Pod.start(owner, owner.name() + "-" + suffix, kubelet, claims);
        pods.add(pod);
        return pod;
    }

    private void lead(ClusterObject service) {
        Map<Integer, List<Integer>> ports = new LinkedHashMap<>();
        for (JsonNode port : service.spec().path("ports")) {
            if (port.path("protocol").asString("TCP").equals("TCP")) {
                ports.put(port.path("port").asInt(), ready(service, port));
            }
        }
        if (!ports.equals(endpoints.put(service.name(), ports))) {
            doors.lead(service.name(), ports);
        }
    }

    private List<Integer> ready(ClusterObject service, JsonNode port) {
        JsonNode target = port.has("targetPort") ? port.path("targetPort") : port.path("port");
        List<Integer> ready = podsOf(service).stream()
                .filter(Pod::isReady)
                .flatMap(pod -> pod.running().stream()
                        .flatMapToInt(running -> running.port(pod.template().port(target)).stream())
                        .boxed())
                .toList();
        // All callers here have one address, so that affinity to it is to one pod.
        boolean isToOne = service.spec().path("sessionAffinity").asString("").equals("ClientIP");
        return isToOne ? ready.stream().limit(1).toList() : ready;
    }

    private void forgetService(String name) {
        if (objects.of("Service").stream().noneMatch(service -> service.name().equals(name))) {
            endpoints.remove(name);
            doors.lead(name, Map.of());
        }
    }
}
