package io.pbts.acceptance;

import java.time.Duration;
import java.util.Set;

/** How a call ended for the one who made it. */
sealed interface Reply {
    record Served() implements Reply {}

    /** What is documented for what cannot be had now: 503 with {@code Retry-After}, or a failure in bencode with an interval. */
    record Later() implements Reply {}

    /** The connection broke, or nobody took it. */
    record NoAnswer(String why) implements Reply {}

    /** Anything else. */
    record Wrong(String what) implements Reply {}

    /** A call, its end and how long that took. */
    record Timed(Call call, Reply reply, Duration took) {
        boolean isServed() {
            return reply instanceof Served;
        }
    }

    static Reply of(Http.Answer answer) {
        return switch (answer.status()) {
            case 200, 201 -> new Served();
            case 503 ->
                answer.raw().headers().firstValue("retry-after").isPresent()
                        ? new Later()
                        : new Wrong("503 without Retry-After: " + answer.text());
            default -> new Wrong(answer.status() + " " + answer.text());
        };
    }

    static Reply ofAnnounce(Http.Answer answer) {
        if (answer.status() != 200) {
            return new Wrong(answer.status() + " " + answer.text());
        }
        var answered = Tracker.dictionary(answer.body());
        if (answered.text("failure reason").isEmpty()) {
            return new Served();
        }
        return answered.integer("interval").isPresent()
                ? new Later()
                : new Wrong("no interval in " + answered.text("failure reason"));
    }

    /** Of a report of one receipt. */
    static Reply ofReport(Http.Answer answer, Set<String> codes) {
        Reply reply = of(answer);
        if (reply instanceof Served && !codes.containsAll(Report.of(answer).codes())) {
            return new Wrong(answer.text());
        }
        return reply;
    }
}
