package io.pbts.protocol.signin;

import java.util.Optional;

/** The grammar of URIs (RFC 3986, appendix A), read from left to right without looking back. */
final class Rfc3986 {

    private static final String UNRESERVED_MARKS = "-._~";
    private static final String GENERAL_DELIMITERS = ":/?#[]@";
    private static final String SUB_DELIMITERS = "!$&'()*+,;=";
    private static final int IPV6_GROUPS = 8;

    private Rfc3986() {}

    static boolean isScheme(String text) {
        if (text.isEmpty() || !isLetter(text.charAt(0))) {
            return false;
        }
        return text.chars().allMatch(c -> isLetter(c) || isDigit(c) || "+-.".indexOf(c) >= 0);
    }

    static boolean isUri(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || !isScheme(text.substring(0, colon))) {
            return false;
        }
        Optional<String> authority = authorityOf(text);
        if (authority.isPresent() && !isAuthority(authority.get())) {
            return false;
        }
        int path = colon + 1 + authority.map(a -> 2 + a.length()).orElse(0);
        int fragment = indexOrEnd(text, '#', path);
        int query = Math.min(indexOrEnd(text, '?', path), fragment);
        return isEncoded(text.substring(path, query), ":@/")
                && isEncoded(text.substring(query, fragment), ":@/?")
                && isEncoded(text.substring(Math.min(fragment + 1, text.length())), ":@/?");
    }

    /** What stands between {@code //} and the path of a URI, if its scheme is followed by {@code //}. */
    static Optional<String> authorityOf(String uri) {
        int start = uri.indexOf(':') + 1;
        if (!uri.startsWith("//", start)) {
            return Optional.empty();
        }
        int end = start + 2;
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        return Optional.of(uri.substring(start + 2, end));
    }

    /** As the RFC has it: the host may be empty. */
    static boolean isAuthority(String text) {
        int at = text.indexOf('@');
        String host = hostOf(text);
        String port = text.substring(at + 1 + host.length());
        return isEncoded(text.substring(0, Math.max(at, 0)), ":")
                && (host.startsWith("[") ? isLiteral(host) : isEncoded(host, ""))
                && (port.isEmpty()
                        || (port.charAt(0) == ':' && port.chars().skip(1).allMatch(Rfc3986::isDigit)));
    }

    /** An authority without user information and port; an address in brackets with the brackets. */
    static String hostOf(String authority) {
        String rest = authority.substring(authority.indexOf('@') + 1);
        int end =
                rest.startsWith("[") ? Math.min(indexOrEnd(rest, ']', 0) + 1, rest.length()) : indexOrEnd(rest, ':', 0);
        return rest.substring(0, end);
    }

    static boolean isPathCharacters(String text) {
        return isEncoded(text, ":@");
    }

    /** Reserved and unreserved characters and the space: what EIP-4361 takes for a statement. */
    static boolean isStatement(String text) {
        return text.chars()
                .allMatch(c -> isUnreserved(c) || (GENERAL_DELIMITERS + SUB_DELIMITERS + " ").indexOf(c) >= 0);
    }

    static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Unreserved, sub-delimiters, percent-encoded bytes and the others named. */
    private static boolean isEncoded(String text, String others) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length() || !isHex(text.charAt(i + 1)) || !isHex(text.charAt(i + 2))) {
                    return false;
                }
                i += 3;
            } else if (isUnreserved(c) || SUB_DELIMITERS.indexOf(c) >= 0 || others.indexOf(c) >= 0) {
                i++;
            } else {
                return false;
            }
        }
        return true;
    }

    private static boolean isLiteral(String host) {
        if (host.length() < 2 || !host.endsWith("]")) {
            return false;
        }
        String inside = host.substring(1, host.length() - 1);
        return "vV".indexOf(host.charAt(1)) >= 0 ? isFutureAddress(inside) : isIpv6(inside);
    }

    private static boolean isFutureAddress(String text) {
        int dot = indexOrEnd(text, '.', 0);
        return dot > 1
                && dot + 1 < text.length()
                && text.substring(1, dot).chars().allMatch(Rfc3986::isHex)
                && text.indexOf('%') < 0
                && isEncoded(text.substring(dot + 1), ":");
    }

    /** Eight groups, or fewer with one {@code ::} for the zeros; the last two may be an IPv4 address. */
    private static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == IPV6_GROUPS;
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after < IPV6_GROUPS;
    }

    /** How many groups of 16 bits; less than none when they are malformed. */
    private static int groups(String text, boolean last) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean ipv4 = last && i == parts.length - 1 && isIpv4(parts[i]);
            if (!ipv4 && !isGroup(parts[i])) {
                return Integer.MIN_VALUE;
            }
            count += ipv4 ? 2 : 1;
        }
        return count;
    }

    private static boolean isGroup(String text) {
        return !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(Rfc3986::isHex);
    }

    private static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean number =
                    !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(Rfc3986::isDigit);
            if (!number || Integer.parseInt(part) > 255 || (part.length() > 1 && part.startsWith("0"))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnreserved(int c) {
        return isLetter(c) || isDigit(c) || UNRESERVED_MARKS.indexOf(c) >= 0;
    }

    private static boolean isHex(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static int indexOrEnd(String text, char c, int from) {
        int index = text.indexOf(c, from);
        return index < 0 ? text.length() : index;
    }
}
