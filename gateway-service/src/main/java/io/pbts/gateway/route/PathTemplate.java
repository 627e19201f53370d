package io.pbts.gateway.route;

import java.util.regex.Pattern;

/**
 * The path of a route. {@code {name}} stands for one segment, a last {@code **} for one or more. Matches the path as it was
 * sent, without decoding: an escaped spelling of a fixed segment is another path.
 */
public record PathTemplate(String text) {
    private static final Pattern FORM = Pattern.compile("/|(?:/(?:[a-z0-9][a-z0-9.-]*|\\{[a-z0-9_]+}))+(?:/\\*\\*)?");
    private static final Pattern VARIABLE = Pattern.compile("\\{[a-z0-9_]+}|\\*\\*");

    public PathTemplate {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a path template: " + text);
        }
    }

    /** Whether it has no variable segment. */
    public boolean isFixed() {
        return !VARIABLE.matcher(text).find();
    }

    /** The paths that it covers. */
    Pattern pattern() {
        var pattern = new StringBuilder();
        for (String segment : text.substring(1).split("/", -1)) {
            pattern.append('/');
            if (segment.equals("**")) {
                pattern.append("[^/]+(?:/[^/]+)*");
            } else {
                pattern.append(VARIABLE.matcher(segment).matches() ? "[^/]+" : Pattern.quote(segment));
            }
        }
        return Pattern.compile(pattern.toString());
    }
}
