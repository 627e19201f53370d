package io.pbts.acceptance;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** For the log of a run: how the calls of each kind ended. */
record ReplyCounts(Map<Call, Count> byCall) {
    /**
     * Calls of one kind.
     *
     * @param longest of them
     */
    record Count(long served, long later, long noAnswer, long wrong, Duration longest) {
        private static Count of(List<Reply.Timed> replies) {
            return new Count(
                    number(replies, Reply.Served.class),
                    number(replies, Reply.Later.class),
                    number(replies, Reply.NoAnswer.class),
                    number(replies, Reply.Wrong.class),
                    replies.stream()
                            .map(Reply.Timed::took)
                            .max(Duration::compareTo)
                            .orElse(Duration.ZERO));
        }

        private static long number(List<Reply.Timed> replies, Class<? extends Reply> end) {
            return replies.stream()
                    .filter(reply -> end.isInstance(reply.reply()))
                    .count();
        }

        @Override
        public String toString() {
            return "%d+%d+%d+%d %.1fs".formatted(served, later, noAnswer, wrong, longest.toMillis() / 1e3);
        }
    }

    static ReplyCounts of(List<Reply.Timed> replies) {
        return new ReplyCounts(replies.stream()
                .collect(Collectors.groupingBy(
                        Reply.Timed::call,
                        () -> new EnumMap<>(Call.class),
                        Collectors.collectingAndThen(Collectors.toList(), Count::of))));
    }

    /** Served, put off, not answered and wrong, and the longest. */
    @Override
    public String toString() {
        return byCall.toString();
    }
}
