package io.pbts.acceptance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What is wrong with the answers to spoiled requests, and how many of these got past the doors. */
final class MutationVerdicts {
    private static final List<Integer> OUTSIDE = List.of(401, 403, 404, 405);

    private static final int SHOWN = 20;

    private final Canaries canaries;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> statuses = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger sentBack = new AtomicInteger();

    MutationVerdicts(Canaries canaries) {
        this.canaries = canaries;
    }

    void failed(Mutations.Request request, Throwable failure) {
        note(failure + " for " + shown(request));
    }

    /**
     * When to ask the same again: a part of the suite was kept waiting on this small machine, and the answer says when to come back.
     * What a request itself breaks is broken again. Empty for an answer to be judged.
     */
    Optional<Duration> sentBack(RawHttp.Response response) {
        Optional<Duration> again = response.status() == 503 ? response.comeBackIn() : Optional.empty();
        again.ifPresent(_ -> sentBack.incrementAndGet());
        return again;
    }

    void judge(Mutations.Request request, RawHttp.Response response) {
        answered.incrementAndGet();
        count(statuses, String.valueOf(response.status()));
        if (!OUTSIDE.contains(response.status())) {
            count(inside, request.route().toString());
        }
        judgeStatus(request, response);
        if (request.isTrackers()) {
            judgeTracker(request, response);
        }
        judgeText(request, response);
    }

    /** The first of what was found. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    int answered() {
        return answered.get();
    }

    int inside() {
        return inside.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    String summary(List<MutationRoute> routes) {
        var outside = new TreeSet<>(routes.stream().map(MutationRoute::toString).toList());
        outside.removeAll(inside.keySet());
        return "%d answered, %d past the door, %d times sent back; statuses %s; never past the door: %s"
                .formatted(answered(), inside(), sentBack.get(), new TreeMap<>(statuses), outside);
    }

    private void judgeStatus(Mutations.Request request, RawHttp.Response response) {
        boolean withoutTee =
                response.status() == 503 && request.route().target().matches("/(keygen-tee|.*attestation)");
        if (response.status() >= 500 && !withoutTee) {
            note("%d %s for %s".formatted(response.status(), response.text(), shown(request)));
        }
    }

    private void judgeTracker(Mutations.Request request, RawHttp.Response response) {
        boolean get = request.isGet();
        if (get && response.status() == 200) {
            Tracker.dictionary(response.body());
        } else if (request.targetUntouched()) {
            note("status " + response.status() + " for a well-formed announce: " + shown(request));
        } else if (get && !List.of(400, 404, 414).contains(response.status())) {
            note("status " + response.status() + " for " + shown(request));
        }
    }

    /** An answer may name a caller's own credential where it gives what was asked for, such as a .torrent file. */
    private void judgeText(Mutations.Request request, RawHttp.Response response) {
        String text = response.head() + new String(response.body(), StandardCharsets.ISO_8859_1);
        StackTraces.in(text).ifPresent(trace -> note("%s in the answer to %s".formatted(trace, shown(request))));
        String credential = request.caller().credential();
        boolean given = response.status() < 300 && !credential.isEmpty();
        canaries.in("the answer to " + request.route(), given ? text.replace(credential, "") : text)
                .forEach(this::note);
    }

    private void note(String finding) {
        if (wrong.size() < SHOWN) {
            wrong.add(finding);
        }
    }

    private static void count(Map<String, AtomicInteger> counts, String name) {
        counts.computeIfAbsent(name, _ -> new AtomicInteger()).incrementAndGet();
    }

    private static String shown(Mutations.Request request) {
        String text = new String(request.bytes(), StandardCharsets.ISO_8859_1)
                .replace(request.caller().credential(), "");
        return "%s by %s: %s"
                .formatted(request.route(), request.caller().name(), text.substring(0, Math.min(600, text.length())));
    }
}
