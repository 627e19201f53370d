package io.pbts.gateway.route;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path as it was sent. */
final class RawPath {
    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

    private RawPath() {}

    /**
     * Whether every reader reads it alike: no empty or dot segment, and no separator, control character, semicolon or
     * second layer of escapes hidden behind an escape. What one server normalises and the next does not is a way round
     * every rule between them.
     */
    static boolean isUnambiguous(String path) {
        if (!path.startsWith("/")) {
            return false;
        }
        for (String segment : path.substring(1).split("/", -1)) {
            String plain = decoded(segment);
            boolean dots = plain.equals(".") || plain.equals("..");
            boolean hidden = plain.chars()
                    .anyMatch(symbol -> symbol < ' '
                            || symbol == 0x7f
                            || symbol == '/'
                            || symbol == '\\'
                            || symbol == ';'
                            || symbol == '%');
            if (plain.isEmpty() || dots || hidden) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        return ESCAPE.matcher(segment).replaceAll(escape -> {
            byte[] symbol = {(byte) Integer.parseInt(escape.group().substring(1), 16)};
            return Matcher.quoteReplacement(new String(symbol, StandardCharsets.ISO_8859_1));
        });
    }
}
