package io.pbts.local.demo;

import io.pbts.local.console.Console;
import io.pbts.local.console.Trouble;
import io.pbts.local.process.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the audience sees. A claim that does not hold ends the play. */
final class Stage {
    private static final Duration LOOK = Duration.ofMillis(300);

    private final Console console;
    private final Optional<BufferedReader> presenter;
    private int proofs;

    /** @param presenter who presses Enter before each act; empty for a play without pauses */
    Stage(Console console, Optional<BufferedReader> presenter) {
        this.console = console;
        this.presenter = presenter;
    }

    void open(Act act) {
        console.line("");
        console.line("Act %d: %s".formatted(act.number(), act.title()));
        presenter.ifPresent(this::awaitEnter);
    }

    void say(String sentence) {
        console.line("  " + sentence);
    }

    void prove(String claim, boolean holds) {
        prove(claim, holds, "it does not hold");
    }

    /** @param otherwise what to say was seen when the claim does not hold */
    void prove(String claim, boolean holds, String otherwise) {
        if (!holds) {
            throw new ProofFailed(claim + ": " + otherwise);
        }
        proofs++;
        console.line("  proved: " + claim);
    }

    /** Asks again and again until the answer is as claimed; the play ends when it never is. */
    <T> T await(String claim, Duration limit, Supplier<T> question, Predicate<T> holds) {
        var last = new AtomicReference<T>(question.get());
        boolean came = Waiting.until(
                () -> holds.test(last.get()) || holds.test(last.updateAndGet(_ -> question.get())), limit, LOOK);
        if (!came) {
            throw new ProofFailed("%s: not within %d s; last seen: %s".formatted(claim, limit.toSeconds(), last.get()));
        }
        return last.get();
    }

    /** {@link #await}, for what is worth showing. */
    <T> T proveSoon(String claim, Duration limit, Supplier<T> question, Predicate<T> holds) {
        T answer = await(claim, limit, question, holds);
        prove(claim, true);
        return answer;
    }

    int proofs() {
        return proofs;
    }

    private void awaitEnter(BufferedReader enter) {
        console.line("  (Enter to go on)");
        try {
            enter.readLine();
        } catch (IOException e) {
            throw new Trouble("the terminal is gone: " + e.getMessage(), e);
        }
    }
}
