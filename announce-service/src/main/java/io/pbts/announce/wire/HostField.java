package io.pbts.announce.wire;

/**
 * The value of a Host field (RFC 9110, 7.2): a name, or an address in brackets, and perhaps a port. Whose it is does not matter
 * to a tracker, only that it is one. An IPv6 address without brackets is taken too: so libtorrent writes it, and the clients made
 * of it.
 */
final class HostField {
    private static final String SYMBOLS = "._~%-";
    private static final int LONGEST_PORT = 5;
    private static final int GROUPS = 8;

    private HostField() {}

    static boolean isValid(byte[] bytes, int from, int to) {
        return isNamed(bytes, from, to) || isBareIpv6(bytes, from, to);
    }

    private static boolean isNamed(byte[] bytes, int from, int to) {
        int at = from;
        if (at < to && bytes[at] == '[') {
            while (at < to && bytes[at] != ']') {
                at++;
            }
            at++;
        } else {
            while (at < to && isOfName(bytes[at])) {
                at++;
            }
        }
        return at > from && (at == to || (at < to && isPort(bytes, at, to)));
    }

    private static boolean isPort(byte[] bytes, int from, int to) {
        boolean port = bytes[from] == ':' && to - from <= 1 + LONGEST_PORT;
        for (int digit = from + 1; digit < to; digit++) {
            port &= isDigit(bytes[digit]);
        }
        return port;
    }

    /** Eight groups, or fewer and a gap; a port would look like one more group. */
    private static boolean isBareIpv6(byte[] bytes, int from, int to) {
        int colons = 0;
        boolean gap = false;
        for (int at = from; at < to; at++) {
            if (bytes[at] == ':') {
                colons++;
                gap |= at > from && bytes[at - 1] == ':';
            } else if (bytes[at] != '.' && Character.digit(bytes[at], 16) < 0) {
                return false;
            }
        }
        return gap || colons == GROUPS - 1 || colons == GROUPS;
    }

    /** Of RFC 3986's names what anybody uses. */
    private static boolean isOfName(byte symbol) {
        boolean letter = (symbol | 32) >= 'a' && (symbol | 32) <= 'z';
        return letter || isDigit(symbol) || SYMBOLS.indexOf(symbol) >= 0;
    }

    private static boolean isDigit(byte symbol) {
        return symbol >= '0' && symbol <= '9';
    }
}
