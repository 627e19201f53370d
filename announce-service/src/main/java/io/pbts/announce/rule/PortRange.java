package io.pbts.announce.rule;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ports from the first to the last, both included.
 *
 * @param first from 1 on
 * @param last up to 65535
 */
public record PortRange(int first, int last) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

    public PortRange {
        if (first < 1 || last < first || last > 65_535) {
            throw new IllegalArgumentException("not a range of ports: " + first + "-" + last);
        }
    }

    /** For settings: {@code 4662} or {@code 6346-6347}. */
    public static PortRange of(String text) {
        Matcher range = FORM.matcher(text.strip());
        if (!range.matches()) {
            throw new IllegalArgumentException("not a range of ports: " + text);
        }
        int first = Integer.parseInt(range.group(1));
        return new PortRange(first, range.group(2) == null ? first : Integer.parseInt(range.group(2)));
    }
}
