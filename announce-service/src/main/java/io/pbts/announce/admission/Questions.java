package io.pbts.announce.admission;

import io.pbts.announce.admission.Caller.Nobody;
import io.pbts.support.FactUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.HttpClientErrorException;

/**
 * Single questions about accounts that the feed has not told of: each asked once, off the event loops, its answer kept for a
 * while. Everything here is bounded, because anybody can make up passkeys.
 */
final class Questions {
    private static final Duration FOUND_FOR = Duration.ofSeconds(5);
    private static final Duration UNAVAILABLE_FOR = Duration.ofSeconds(2);

    private final AdmissionProperties properties;
    private final Clock clock;
    private final Semaphore onTheWay;
    private final Map<String, List<Runnable>> waiting = new LinkedHashMap<>();
    private final Map<String, Answer> answers;

    Questions(AdmissionProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        onTheWay = new Semaphore(properties.concurrentQuestions());
        answers = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
                return size() > properties.maxAnswers();
            }
        };
    }

    /** How reputation-service is asked by each name that the account may have; a 404 means that it does not exist. */
    interface Question {
        ReputationClient.StandingFact ask(int name);
    }

    private record Answer(Caller caller, long until) {}

    /** What was answered lately, {@code UNASKED} when nothing was. */
    synchronized Caller answered(String key) {
        Answer answer = answers.get(key);
        return answer == null || answer.until < clock.millis() ? Nobody.UNASKED : answer.caller;
    }

    /** Asks unless that is under way; then, or at once when too much is being asked, runs {@code afterwards}. */
    void ask(String key, int names, Question question, Runnable afterwards) {
        if (!enqueue(key, names, question, afterwards)) {
            afterwards.run();
        }
    }

    private synchronized boolean enqueue(String key, int names, Question question, Runnable afterwards) {
        List<Runnable> others = waiting.get(key);
        if (others != null) {
            return others.size() < properties.maxQuestions() && others.add(afterwards);
        }
        if (waiting.size() >= properties.maxQuestions()) {
            return false;
        }
        waiting.put(key, new ArrayList<>(List.of(afterwards)));
        Thread.ofVirtual().name("standing-question").start(() -> settle(key, fetch(names, question)));
        return true;
    }

    /** Asks on the caller's own thread. */
    void askNow(String key, int names, Question question) {
        Caller caller = fetch(names, question);
        synchronized (this) {
            remember(key, caller);
        }
    }

    private Caller fetch(int names, Question question) {
        Caller caller = Nobody.UNKNOWN;
        for (int i = 0; i < names && caller == Nobody.UNKNOWN; i++) {
            caller = fetchOne(i, question);
        }
        return caller;
    }

    private Caller fetchOne(int name, Question question) {
        onTheWay.acquireUninterruptibly();
        try {
            return question.ask(name).toStanding(properties.warnBelow());
        } catch (HttpClientErrorException.NotFound missing) {
            return Nobody.UNKNOWN;
        } catch (FactUnavailable | HttpClientErrorException away) {
            return Nobody.UNAVAILABLE;
        } finally {
            onTheWay.release();
        }
    }

    private void settle(String key, Caller caller) {
        List<Runnable> afterwards;
        synchronized (this) {
            remember(key, caller);
            afterwards = waiting.remove(key);
        }
        runAll(afterwards);
    }

    private void remember(String key, Caller caller) {
        Duration kept =
                switch (caller) {
                    case Caller.Standing _ -> FOUND_FOR;
                    case Nobody nobody -> nobody == Nobody.UNKNOWN ? properties.unknownFor() : UNAVAILABLE_FOR;
                };
        answers.remove(key);
        answers.put(key, new Answer(caller, clock.millis() + kept.toMillis()));
    }

    private static void runAll(@Nullable List<Runnable> afterwards) {
        if (afterwards != null) {
            afterwards.forEach(Runnable::run);
        }
    }
}
