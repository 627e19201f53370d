package io.pbts.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests that two servers may read differently (RFC 9112, sections 2.2, 5.1, 6.1, 6.3, 7.1; CWE-444). A server that reads
 * each of them strictly answers 400 or closes.
 */
final class SmugglingCases {
    private static final String HIDDEN = "GET /%s HTTP/1.1\r\nHost: hidden\r\n\r\n";

    private SmugglingCases() {}

    /** One connection's bytes, a character each. */
    record Case(String name, String text) {
        byte[] bytes() {
            return text.getBytes(ISO_8859_1);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * All cases, addressed to a path of the server.
     *
     * @param hidden the path of the request that must never be answered
     */
    static List<Case> all(String method, String path, String hidden) {
        List<Case> cases = new ArrayList<>();
        bothLengths(cases, method, path, HIDDEN.formatted(hidden));
        transferEncodings(cases, method, path, HIDDEN.formatted(hidden));
        contentLengths(cases, method, path, HIDDEN.formatted(hidden));
        chunks(cases, method, path, HIDDEN.formatted(hidden));
        fieldNames(cases, method, path);
        fieldValues(cases, method, path);
        hosts(cases, method, path);
        requestLines(cases, method, path);
        lineEnds(cases, method, path, HIDDEN.formatted(hidden));
        return cases;
    }

    private static void bothLengths(List<Case> cases, String method, String path, String hidden) {
        for (String length :
                List.of("0", "4", "5", "6", "37", "1000", "1", "16", "0005", "2147483648", "00", "+5", "5,5", "5 ")) {
            for (String coding : List.of("chunked", "Chunked", "identity, chunked", "chunked, identity", " chunked ")) {
                String lengthFirst = "Content-Length: %s\r\nTransfer-Encoding: %s\r\n".formatted(length, coding);
                String codingFirst = "Transfer-Encoding: %s\r\nContent-Length: %s\r\n".formatted(coding, length);
                add(cases, "CL then TE " + length + "/" + coding, method, path, lengthFirst, "0\r\n\r\n" + hidden);
                add(cases, "TE then CL " + length + "/" + coding, method, path, codingFirst, "0\r\n\r\n" + hidden);
            }
        }
    }

    private static void transferEncodings(List<Case> cases, String method, String path, String hidden) {
        for (String coding : List.of(
                "xchunked",
                "chunkedx",
                "\"chunked\"",
                "'chunked'",
                "chunked;q=1",
                "identity",
                "gzip",
                "gzip, identity",
                "chunked, chunked",
                "chunked, gzip",
                "chun ked",
                "\u000bchunked",
                "chunked\u000c",
                "\u0000chunked",
                "chunked\u0000",
                "\u00a0chunked",
                ",")) {
            add(
                    cases,
                    "TE " + shown(coding),
                    method,
                    path,
                    "Transfer-Encoding: " + coding + "\r\n",
                    "0\r\n\r\n" + hidden);
        }
        for (String twice : List.of(
                "chunked\r\nTransfer-Encoding: identity",
                "identity\r\nTransfer-Encoding: chunked",
                "chunked\r\nTransfer-Encoding: x",
                "chunked\r\nTransfer-Encoding: chunked")) {
            add(
                    cases,
                    "TE twice " + shown(twice),
                    method,
                    path,
                    "Transfer-Encoding: " + twice + "\r\n",
                    "0\r\n\r\n" + hidden);
        }
        for (String name : List.of(
                "Transfer-Encoding ",
                "Transfer-Encoding\t",
                " Transfer-Encoding",
                "Transfer-Encoding\u000b",
                "Transfer\u0000-Encoding",
                "\u0000Transfer-Encoding",
                "Transfer-Encoding:")) {
            add(cases, "TE name " + shown(name), method, path, name + ": chunked\r\n", "0\r\n\r\n" + hidden);
        }
    }

    private static void contentLengths(List<Case> cases, String method, String path, String hidden) {
        for (String length : List.of(
                "-1",
                "+1",
                "0x10",
                "1e1",
                "1.0",
                " ",
                "",
                "1 1",
                "1,2",
                "2, 2",
                "1;1",
                "one",
                "18446744073709551616",
                "9223372036854775808",
                "99999999999999999999999999",
                "\u00a05",
                "5\u0000",
                "\u000b5",
                "5\u000c",
                "٣")) {
            add(cases, "CL " + shown(length), method, path, "Content-Length: " + length + "\r\n", hidden);
        }
        for (String second : List.of("0", "6", "05", "five", "", "-5")) {
            add(
                    cases,
                    "CL 5 and " + second,
                    method,
                    path,
                    "Content-Length: 5\r\nContent-Length: " + second + "\r\n",
                    "12345" + hidden);
            add(
                    cases,
                    second + " and CL 5",
                    method,
                    path,
                    "Content-Length: " + second + "\r\nContent-Length: 5\r\n",
                    "12345" + hidden);
        }
        for (String name : List.of(
                "Content-Length ",
                "Content-Length\t",
                " Content-Length",
                "Content\u0000-Length",
                "Content-Length\u000b")) {
            add(cases, "CL name " + shown(name), method, path, name + ": 5\r\n", "12345" + hidden);
        }
    }

    private static void chunks(List<Case> cases, String method, String path, String hidden) {
        for (String size : List.of(
                "-1",
                "+1",
                "0x1",
                "g",
                "",
                " ",
                "1 2",
                "1\u0000",
                "ffffffffffffffffff",
                "80000000",
                "7fffffff0",
                "1_0",
                "1\n",
                "\u000b1",
                "1;\u0000",
                "1\r",
                "fffffffffffffff0")) {
            add(
                    cases,
                    "chunk size " + shown(size),
                    method,
                    path,
                    "Transfer-Encoding: chunked\r\n",
                    size + "\r\na\r\n0\r\n\r\n" + hidden);
        }
        for (String body : List.of(
                "1\r\nab\r\n0\r\n\r\n",
                "1\r\na0\r\n\r\n",
                "2\r\na\r\n0\r\n\r\n",
                "1\na\n0\n\n",
                "1\ra\r0\r\r",
                "1\r\na\r\n\r\n0\r\n\r\n")) {
            add(cases, "chunks " + shown(body), method, path, "Transfer-Encoding: chunked\r\n", body + hidden);
        }
    }

    /** RFC 9110, section 5.1: a name is a token; RFC 9112, section 5.1: no blank before the colon. */
    private static void fieldNames(List<Case> cases, String method, String path) {
        for (char bad : "\u0000\u0001\u0008\u000b\u000c\u001f\u007f \t()<>@,;\\\"/[]?={}\u0080\u00ff".toCharArray()) {
            add(cases, "name with " + shown(String.valueOf(bad)), method, path, "X-A" + bad + "B: 1\r\n", "");
        }
        for (String line :
                List.of(": value", "NoColon", " Leading: blank", "\tLeading: tab", "X-A : blank", "X-A\t: tab")) {
            add(cases, "line " + shown(line), method, path, line + "\r\n", "");
        }
    }

    private static void fieldValues(List<Case> cases, String method, String path) {
        for (String bad : List.of("\u0000", "\r", "a\rb", "a\r X: y", "\r\r", "\u0000\r")) {
            add(cases, "value with " + shown(bad), method, path, "X-A: 1" + bad + "2\r\n", "");
        }
        for (String folded : List.of(
                "X-A: 1\r\n 2",
                "X-A: 1\r\n\t2",
                "X-A: 1\r\n  Transfer-Encoding: chunked",
                "Host: a\r\n b",
                "X-A:\r\n 1")) {
            add(cases, "folded " + shown(folded), method, path, folded + "\r\n", "");
        }
    }

    /** RFC 9112, section 3.2: none, several, or one that is no authority. */
    private static void hosts(List<Case> cases, String method, String path) {
        raw(cases, "no host", "%s %s HTTP/1.1\r\nConnection: close\r\n\r\n".formatted(method, path));
        for (String second : List.of("a", "b", "A", "")) {
            raw(
                    cases,
                    "hosts a and " + second,
                    "%s %s HTTP/1.1\r\nHost: a\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(method, path, second));
        }
        for (String host : List.of(
                "a b",
                "a/b",
                "a@b",
                "a\\b",
                "a,b",
                "a\u0000b",
                "a?b",
                "a#b",
                "[::1",
                "a:b:c",
                "a:99999x",
                "<a>",
                "a\u0080")) {
            raw(
                    cases,
                    "host " + shown(host),
                    "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(method, path, host));
        }
    }

    private static void requestLines(List<Case> cases, String method, String path) {
        for (String line : List.of(
                method + " " + path,
                method + " " + path + " HTTP/1.1 ",
                method + "  " + path + " HTTP/1.1",
                " " + method + " " + path + " HTTP/1.1",
                method + "\t" + path + "\tHTTP/1.1",
                method + " " + path + " HTTP/1.1\u0000",
                method + " " + path + " http/1.1",
                method + " " + path + " HTTP/1,1",
                method + " " + path + " HTTP/01.1",
                method + " " + path + " HTTP/1.10",
                method + " " + path + " HTTP/x.y",
                method + " " + path + " HTCPCP/1.0",
                method + " " + path + "\u0000 HTTP/1.1",
                method + " " + path + " x HTTP/1.1",
                method + " " + path + "#part HTTP/1.1",
                method + " \u0001" + path + " HTTP/1.1",
                "G\u0000ET " + path + " HTTP/1.1",
                "G(T " + path + " HTTP/1.1",
                "\"GET\" " + path + " HTTP/1.1",
                method + " " + path.substring(1) + " HTTP/1.1",
                "" + path + " HTTP/1.1",
                method + " HTTP/1.1")) {
            raw(cases, "line " + shown(line), line + "\r\nHost: a\r\nConnection: close\r\n\r\n");
        }
    }

    /** RFC 9112, section 2.2: CRLF. A lone LF or CR ends a line for one reader and not for the next. */
    private static void lineEnds(List<Case> cases, String method, String path, String hidden) {
        for (String end : List.of("\n", "\r", "\r\r\n", "\n\r", "\u000b\r\n")) {
            String line = "%s %s HTTP/1.1".formatted(method, path);
            raw(cases, "after the request line " + shown(end), line + end + "Host: a\r\nConnection: close\r\n\r\n");
            raw(cases, "after a field " + shown(end), line + "\r\nHost: a" + end + "Connection: close\r\n\r\n");
            raw(
                    cases,
                    "before a length " + shown(end),
                    line + "\r\nHost: a\r\nX: y" + end + "Content-Length: 5\r\n\r\n12345" + hidden);
            raw(cases, "everywhere " + shown(end), line + end + "Host: a" + end + "Connection: close" + end + end);
        }
    }

    private static void add(List<Case> cases, String name, String method, String path, String lines, String body) {
        raw(
                cases,
                name,
                "%s %s HTTP/1.1\r\nHost: a\r\n%sConnection: close\r\n\r\n%s".formatted(method, path, lines, body));
    }

    private static void raw(List<Case> cases, String name, String text) {
        cases.add(new Case(name, text));
    }

    private static String shown(String text) {
        var shown = new StringBuilder();
        text.chars().forEach(symbol -> {
            if (symbol < ' ' || symbol > '~') {
                shown.append("\\x%02x".formatted(symbol));
            } else {
                shown.append((char) symbol);
            }
        });
        return shown.toString();
    }
}
