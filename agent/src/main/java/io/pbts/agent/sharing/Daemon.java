package io.pbts.agent.sharing;

import io.pbts.agent.cli.Screen;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes part as a policy file says: until the file says something else, then as it says now. In between everything is put
 * away as at the end, and what is there is not read through again. For one thread.
 */
final class Daemon {

    private static final long STATUS = Duration.ofSeconds(1).toNanos();
    private static final long STANDING = Duration.ofMinutes(1).toNanos();

    /** What grows from one policy to the next. */
    private static final List<String> COUNTS = List.of("uploaded", "downloaded", "receipts_signed", "receipts_earned");

    private final PolicyFile file;
    private final Visit visit;
    private final Screen screen;
    private final long begun = System.nanoTime();
    private Map<String, Object> earlier = Map.of();

    Daemon(PolicyFile file, Visit visit, Screen screen) {
        this.file = file;
        this.visit = visit;
        this.screen = screen;
    }

    /** Until a signal, or what the policy of the time says. Answers how it went. */
    Map<String, Object> run(Policy first) throws IOException {
        Optional<Policy> next = Optional.of(first);
        try {
            while (next.isPresent()) {
                next = follow(next.get());
            }
        } finally {
            screen.erase();
        }
        return new LinkedHashMap<>(earlier);
    }

    /** The policy that takes the place of this one; empty at the end. */
    private Optional<Policy> follow(Policy policy) throws IOException {
        try (Sharing sharing = Sharing.start(visit.member(), SharingOptions.of(policy), screen::tell)) {
            Shares shares = new Shares(policy, visit, sharing, screen);
            screen.tell(
                    "running",
                    Map.of("port", sharing.address().getPort()),
                    "running, port " + sharing.address().getPort());
            Optional<Policy> next = tend(policy, shares);
            earlier = counted(shares);
            return next;
        }
    }

    private Optional<Policy> tend(Policy policy, Shares shares) {
        long told = System.nanoTime();
        long asked = told;
        try {
            do {
                shares.tend();
                long now = System.nanoTime();
                if (now - told >= STATUS) {
                    told = now;
                    Map<String, Object> fields = counted(shares);
                    screen.progress(fields, sentence(fields));
                    Optional<Policy> other = changed(policy);
                    if (other.isPresent()) {
                        return other;
                    }
                }
                if (policy.stopRatio() > 0 && now - asked >= STANDING) {
                    asked = now;
                    if (visit.now().isAtLeast(policy.stopRatio())) {
                        return Optional.empty();
                    }
                }
                if (policy.until().isPresent()
                        && now - begun >= policy.until().get().toNanos()) {
                    return Optional.empty();
                }
            } while (!visit.stop().await(Duration.ofMillis(200)));
        } catch (InterruptedException e) {
            // A wish to stop, as a signal is: what is open is put away by its owners.
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** What the file says now; a file that is no policy changes nothing. */
    private Optional<Policy> changed(Policy policy) {
        try {
            Optional<Policy> other = file.otherThan(policy);
            other.ifPresent(_ -> screen.tell("policy-changed", Map.of(), "the policy has changed"));
            return other;
        } catch (IOException | IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            screen.tell("policy-refused", Map.of("reason", reason), reason + "; the policy stays as it was");
            return Optional.empty();
        }
    }

    private Map<String, Object> counted(Shares shares) {
        Map<String, Object> fields = shares.fields();
        for (String count : COUNTS) {
            fields.computeIfPresent(count, (_, now) -> number(now) + number(earlier.get(count)));
        }
        return fields;
    }

    private static long number(@Nullable Object count) {
        return count instanceof Number known ? known.longValue() : 0;
    }

    static String sentence(Map<String, Object> fields) {
        return "%s torrents, %s complete, %s peers, %s bytes sent, %s received, receipts: %s signed, %s earned"
                .formatted(
                        fields.get("torrents"),
                        fields.get("complete"),
                        fields.get("peers"),
                        fields.get("uploaded"),
                        fields.get("downloaded"),
                        fields.get("receipts_signed"),
                        fields.get("receipts_earned"));
    }
}
