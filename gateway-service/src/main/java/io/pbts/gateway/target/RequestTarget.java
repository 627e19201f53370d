package io.pbts.gateway.target;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The target of a request line in origin form (RFC 9112, 3.2): as it was sent, and as RFC 3986 would have it. BitTorrent
 * clients send raw binary in queries; between them and the tracker stand libraries that refuse or re-encode it.
 *
 * @param sent path and query, each char one byte
 * @param legal the same with every illegal byte, and every {@code %} that starts no escape, percent-encoded
 */
record RequestTarget(String sent, String legal) {
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://[^/?]*");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final BitSet PATH = symbols("-._~!$&'()*+,;=:@/");
    private static final BitSet QUERY = symbols("-._~!$&'()*+,;=:@/?");

    /** Reads origin form and absolute form. Anything else, as in {@code OPTIONS *}, becomes a path that no route has. */
    static RequestTarget of(String line) {
        String sent = originForm(line);
        int question = sent.indexOf('?');
        if (question < 0) {
            return new RequestTarget(sent, escape(sent, PATH));
        }
        String legal = escape(sent.substring(0, question), PATH) + "?" + escape(sent.substring(question + 1), QUERY);
        return new RequestTarget(sent, legal);
    }

    String legalPath() {
        int question = legal.indexOf('?');
        return question < 0 ? legal : legal.substring(0, question);
    }

    /** Whether the sent form can travel in a header and in a request line: visible ASCII only. */
    boolean isPrintable() {
        return sent.chars().allMatch(symbol -> symbol > ' ' && symbol < 0x7f);
    }

    private static String originForm(String line) {
        if (line.startsWith("/")) {
            return line;
        }
        var absolute = ABSOLUTE.matcher(line);
        String rest = absolute.lookingAt() ? line.substring(absolute.end()) : line;
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static String escape(String text, BitSet legal) {
        int first = firstIllegal(text, legal);
        if (first == text.length()) {
            return text;
        }
        var escaped = new StringBuilder(text.length() + 32).append(text, 0, first);
        for (int at = first; at < text.length(); at++) {
            char symbol = text.charAt(at);
            if (isLegal(text, at, legal)) {
                escaped.append(symbol);
            } else {
                for (byte each : bytes(symbol)) {
                    escaped.append('%').append(HEX.toHexDigits(each));
                }
            }
        }
        return escaped.toString();
    }

    private static int firstIllegal(String text, BitSet legal) {
        int at = 0;
        while (at < text.length() && isLegal(text, at, legal)) {
            at++;
        }
        return at;
    }

    private static boolean isLegal(String text, int at, BitSet legal) {
        char symbol = text.charAt(at);
        if (symbol == '%') {
            return at + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(at + 1))
                    && HexFormat.isHexDigit(text.charAt(at + 2));
        }
        return legal.get(symbol);
    }

    /** Netty reads the request line as Latin-1, so a char is a byte; were it ever more, UTF-8 says which bytes. */
    private static byte[] bytes(char symbol) {
        return String.valueOf(symbol).getBytes(symbol < 0x100 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static BitSet symbols(String punctuation) {
        var symbols = new BitSet(128);
        symbols.set('a', 'z' + 1);
        symbols.set('A', 'Z' + 1);
        symbols.set('0', '9' + 1);
        punctuation.chars().forEach(symbols::set);
        return symbols;
    }
}
