package io.pbts.protocol.signin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date-time of RFC 3339 as it was written. Narrower than the RFC, as it allows: upper-case {@code T} and {@code Z}, no
 * more than nine digits of a second; and no leap second, which no Java instant can hold.
 */
public record SiweTime(String text) {

    private static final Pattern FORM = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})"
            + "T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,9}))?"
            + "(?:Z|([+-])([0-9]{2}):([0-9]{2}))");

    public SiweTime {
        if (read(text).isEmpty()) {
            throw new IllegalArgumentException("not a date and time of RFC 3339");
        }
    }

    /** In UTC; of years from 0 to 9999. */
    public static SiweTime of(Instant instant) {
        return new SiweTime(instant.toString());
    }

    public Instant instant() {
        return read(text).orElseThrow();
    }

    private static Optional<Instant> read(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(form, 1),
                    number(form, 2),
                    number(form, 3),
                    number(form, 4),
                    number(form, 5),
                    number(form, 6),
                    nanoseconds(Optional.ofNullable(form.group(7)).orElse("")));
            return offset(form).map(seconds -> local.toInstant(ZoneOffset.UTC).minusSeconds(seconds));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Up to 23:59 either way, which is more than {@code ZoneOffset} knows. */
    private static Optional<Integer> offset(Matcher form) {
        if (form.group(8) == null) {
            return Optional.of(0);
        }
        int hours = number(form, 9);
        int minutes = number(form, 10);
        int seconds = 3600 * hours + 60 * minutes;
        return hours > 23 || minutes > 59
                ? Optional.empty()
                : Optional.of("-".equals(form.group(8)) ? -seconds : seconds);
    }

    private static int nanoseconds(String fraction) {
        return Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }

    @Override
    public String toString() {
        return text;
    }
}
