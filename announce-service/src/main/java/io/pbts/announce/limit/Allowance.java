package io.pbts.announce.limit;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;

/**
 * So many peer lists within so long.
 *
 * @param lists from 1 on
 * @param within from a second on
 */
public record Allowance(int lists, Duration within) {
    public Allowance {
        if (lists < 1 || within.toSeconds() < 1) {
            throw new IllegalArgumentException("not an allowance: " + lists + "/" + within);
        }
    }

    /** For settings: {@code 500/1d}. */
    public static Allowance of(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("not an allowance such as 500/1d: " + text);
        }
        return new Allowance(
                Integer.parseInt(text.substring(0, slash).strip()),
                DurationStyle.detectAndParse(text.substring(slash + 1).strip()));
    }
}
