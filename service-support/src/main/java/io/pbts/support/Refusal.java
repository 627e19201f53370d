package io.pbts.support;

import java.io.Serial;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused, with what its sender may know: a status, a stable code and a sentence that says what to do.
 * {@link ErrorTranslation} turns it into an RFC 9457 problem or, on the originals' routes, into their JSON.
 */
public final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable Duration retryAfter;
    private final Map<String, String> members;

    public Refusal(int status, String code, String sentence) {
        this(status, code, sentence, null, null);
    }

    public Refusal(int status, String code, String sentence, @Nullable Throwable cause) {
        this(status, code, sentence, null, cause);
    }

    public Refusal(int status, String code, String sentence, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        this(status, code, sentence, retryAfter, cause, Map.of());
    }

    private Refusal(
            int status,
            String code,
            String sentence,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause,
            Map<String, String> members) {
        super(sentence, cause);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("not a refusal: " + status);
        }
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
        this.members = members;
    }

    /** The same with one more member in its problem (RFC 9457, 3.2): what its sender can go on with. Not on the originals' routes. */
    public Refusal with(String member, String value) {
        Map<String, String> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Refusal(status, code, sentence(), retryAfter, getCause(), more);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** Extension members of the problem, in order. */
    public Map<String, String> members() {
        return members;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
