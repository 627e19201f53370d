package io.pbts.gateway.wire;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What RFC 9110 and RFC 9112 ask of a head before anything may be made of it. */
record HeadRules(String requestLine, List<String> fields) {
    private static final Pattern REQUEST_LINE = Pattern.compile(
            "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32} ((?:/|(?i:https?)://|\\*(?= ))[^\\x00 \\t\\r\\n\\x0b\\f]*) HTTP/1\\.([01])",
            Pattern.DOTALL);
    private static final Pattern ABSOLUTE = Pattern.compile("(?is)https?://([^/?#]*).*");
    private static final Pattern FIELD =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\\t\\x20-\\x7e\\x80-\\xff]*)");
    /** Or an IPv6 address without its brackets, which is how libtorrent and the clients made of it name a host. */
    private static final Pattern HOST = Pattern.compile(
            "(?:[A-Za-z0-9._~%-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?|(?=.*::|(?:[^:]*:){7,8}[^:]*$)[0-9A-Fa-f:.]{2,51}");

    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

    /** Headers that say where a request ends and for whom it is: no hop may be told to forget them. */
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding", "host");

    HeadRules {
        fields = List.copyOf(fields);
    }

    /** Empty when there is nothing to blame. */
    Optional<String> fault() {
        Matcher request = REQUEST_LINE.matcher(requestLine);
        if (!request.matches()) {
            return Optional.of("a request line other than: method, blank, target, blank, HTTP/1.1");
        }
        if (!fields.stream().allMatch(field -> FIELD.matcher(field).matches())) {
            return Optional.of("a header line other than: name, colon, value");
        }
        boolean modern = "1".equals(request.group(2));
        return host(request.group(1), modern).or(() -> body(modern)).or(this::connection);
    }

    private Optional<String> host(String target, boolean modern) {
        List<String> hosts = values("host");
        if (hosts.size() > 1 || (modern && hosts.isEmpty())) {
            return Optional.of("not exactly one Host");
        }
        if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            return Optional.of("a Host that is none");
        }
        Matcher absolute = ABSOLUTE.matcher(target);
        boolean elsewhere =
                absolute.matches() && !hosts.stream().allMatch(host -> host.equalsIgnoreCase(absolute.group(1)));
        return elsewhere ? Optional.of("a target for another Host") : Optional.empty();
    }

    private Optional<String> body(boolean modern) {
        List<String> lengths = values("content-length");
        List<String> codings = values("transfer-encoding");
        if (!codings.isEmpty()) {
            boolean chunked = codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
            return chunked && modern && lengths.isEmpty()
                    ? Optional.empty()
                    : Optional.of("a Transfer-Encoding other than chunked alone");
        }
        boolean one = lengths.size() <= 1
                && lengths.stream().allMatch(length -> LENGTH.matcher(length).matches());
        return one ? Optional.empty() : Optional.of("not one Content-Length in digits");
    }

    private Optional<String> connection() {
        boolean forgets = values("connection").stream()
                .flatMap(value -> Pattern.compile(",").splitAsStream(value))
                .map(option -> option.strip().toLowerCase(Locale.ROOT))
                .anyMatch(FRAMING::contains);
        return forgets ? Optional.of("a Connection that names what frames the request") : Optional.empty();
    }

    private List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(field -> blanksOff(field.substring(name.length() + 1)))
                .toList();
    }

    /** Blanks and tabs are the only white space around a value. */
    private static String blanksOff(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && (value.charAt(from) == ' ' || value.charAt(from) == '\t')) {
            from++;
        }
        while (to > from && (value.charAt(to - 1) == ' ' || value.charAt(to - 1) == '\t')) {
            to--;
        }
        return value.substring(from, to);
    }
}
