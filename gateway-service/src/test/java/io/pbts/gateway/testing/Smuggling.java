package io.pbts.gateway.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Requests that two readers could cut apart differently, or that RFC 9112 (2.2, 3, 5, 6, 7, 11) forbids outright; each ends
 * with what would be a second request, for a path that says so. See CWE-444.
 */
public final class Smuggling {
    /** What must never arrive anywhere. */
    public static final String MARK = "smuggled";

    private static final String NEXT = "GET /user/" + MARK + " HTTP/1.1\r\nHost: tracker.test\r\n\r\n";
    private static final String HOST = "Host: tracker.test\r\n";

    private Smuggling() {}

    /** One request as bytes, each char one. */
    public record Case(String name, String bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    public static List<Case> cases() {
        return Stream.of(
                        bothLengths(),
                        codings(),
                        lengths(),
                        fieldLines(),
                        lineEnds(),
                        hosts(),
                        requestLines(),
                        chunks(),
                        connections())
                .flatMap(List::stream)
                .toList();
    }

    /** Content-Length and Transfer-Encoding together, in either order, in many spellings. */
    private static List<Case> bothLengths() {
        List<String> codings = List.of(
                "Transfer-Encoding: chunked",
                "transfer-encoding: chunked",
                "TRANSFER-ENCODING: CHUNKED",
                "Transfer-Encoding:chunked",
                "Transfer-Encoding:\tchunked",
                "Transfer-Encoding:   chunked   ",
                "Transfer-Encoding: Chunked",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: gzip, chunked");
        List<Case> cases = new ArrayList<>();
        for (String coding : codings) {
            for (String length : List.of("0", "4", "5", "6", "60", "1000")) {
                String chunked = "0\r\n\r\n" + NEXT;
                cases.add(post("CL before TE", chunked, "Content-Length: " + length, coding));
                cases.add(post("TE before CL", chunked, coding, "Content-Length: " + length));
            }
        }
        return cases;
    }

    /** Transfer codings that are none, or hidden from one reader of two. */
    private static List<Case> codings() {
        List<String> values = List.of(
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunkedx",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked,",
                "Transfer-Encoding: ,chunked",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: 'chunked'",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: deflate, chunked",
                "Transfer-Encoding: cow",
                "Transfer-Encoding:",
                "Transfer-Encoding: ",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked",
                " Transfer-Encoding: chunked",
                "\tTransfer-Encoding: chunked",
                "Transfer-Encoding:\r\n chunked",
                "Transfer-Encoding:\r\n\tchunked",
                "Transfer-Encoding:\n chunked",
                "X: x\nTransfer-Encoding: chunked",
                "X: x\rTransfer-Encoding: chunked",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding: \u000cchunked",
                "Transfer-Encoding: chunked\u000b",
                "Transfer-Encoding: \u0000chunked",
                "Transfer-Encoding: chunked\u0000",
                "Transfer\u0000-Encoding: chunked",
                "Transfer-Encoding: \u00a0chunked",
                "Transfer-Encoding: chun\u212aed".replace('\u212a', '\u00eb'),
                "\u0000Transfer-Encoding: chunked",
                "Transfer-Encoding\u0000: chunked",
                "Transfer-Encoding\u00a0: chunked",
                "Transfer Encoding: chunked",
                "Transfer-Encoding chunked",
                "Transfer-Encoding= chunked");
        return values.stream()
                .map(value -> post("TE " + value, "0\r\n\r\n" + NEXT, value))
                .toList();
    }

    private static List<Case> lengths() {
        List<String> values = List.of(
                "+0",
                "-0",
                "-1",
                "+5",
                "0x0",
                "0x5",
                "5 5",
                "5,5",
                "5, 5",
                "0,5",
                "5;",
                "5.0",
                "5e0",
                "1_0",
                "0b1",
                "",
                " ",
                "five",
                "\u0665",
                "99999999999999999999",
                "9223372036854775808",
                "18446744073709551616",
                "5\u0000",
                "\u00005",
                "5\u000b",
                "\"5\"",
                "5\t5",
                "NaN",
                "00x",
                "\u00b2");
        List<Case> cases = new ArrayList<>();
        values.forEach(
                value -> cases.add(post("CL " + value, NEXT, "Content-Length: " + value.replace('\u0665', '\u00e5'))));
        for (String pair : List.of("0 5", "5 0", "5 5", "0 0", "5 05", "5 +5")) {
            String[] two = pair.split(" ", 2);
            cases.add(post("two CL " + pair, NEXT, "Content-Length: " + two[0], "Content-Length: " + two[1]));
            cases.add(post("two CL, cases " + pair, NEXT, "Content-Length: " + two[0], "content-length: " + two[1]));
        }
        for (String name : List.of(
                "Content-Length ", "Content-Length\t", " Content-Length", "\tContent-Length", "Content\u0000-Length")) {
            cases.add(post("CL named " + name, NEXT, name + ": 0"));
        }
        cases.add(post("folded CL", NEXT, "Content-Length:\r\n 0"));
        cases.add(post("CL with a fold behind", NEXT, "Content-Length: 0\r\n 1"));
        return cases;
    }

    /** Header lines that are no header lines. */
    private static List<Case> fieldLines() {
        List<String> lines = List.of(
                "X",
                ": x",
                " : x",
                "X : x",
                "X\t: x",
                "X\u000b: x",
                "X y: x",
                "(X): x",
                "X@y: x",
                "X[: x",
                "X{: x",
                "X\"y: x",
                "X,y: x",
                "X/y: x",
                "X;y: x",
                "X<y: x",
                "X=y: x",
                "X?y: x",
                "X\\y: x",
                "X\u007f: x",
                "X\u00e9: x",
                "\u0001X: x",
                "X: a\u0000b",
                "X: a\u0001b",
                "X: a\u0008b",
                "X: a\u000bb",
                "X: a\u001bb",
                "X: a\u007fb",
                "X: a\rb",
                "X: a\r",
                "X: 1\r\n 2",
                "X: 1\r\n\t2",
                "X: 1\r\n  ",
                " ",
                "\t",
                "X: 1\r\n \r\n",
                "GET / HTTP/1.1",
                "\u0000",
                "\u000b");
        List<Case> cases = new ArrayList<>();
        for (String line : lines) {
            cases.add(new Case("field line " + line, "GET /stats HTTP/1.1\r\n" + HOST + line + "\r\n\r\n" + NEXT));
        }
        cases.add(new Case("fold of the first line", "GET /stats HTTP/1.1\r\n X: x\r\n" + HOST + "\r\n" + NEXT));
        cases.add(new Case("fold of the host", "GET /stats HTTP/1.1\r\nHost:\r\n tracker.test\r\n\r\n" + NEXT));
        cases.add(new Case(
                "long line", "GET /stats HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(20_000) + "\r\n\r\n" + NEXT));
        cases.add(new Case("long name", "GET /stats HTTP/1.1\r\n" + HOST + "X".repeat(20_000) + ": x\r\n\r\n" + NEXT));
        cases.add(new Case(
                "many lines",
                "GET /stats HTTP/1.1\r\n" + HOST + "X: 0123456789abcdef\r\n".repeat(1_200) + "\r\n" + NEXT));
        cases.add(new Case("long target", "GET /stats?" + "x".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n" + NEXT));
        return cases;
    }

    private static List<Case> lineEnds() {
        String honest = "GET /stats HTTP/1.1\r\n" + HOST + "X: x\r\n\r\n";
        List<Case> cases = new ArrayList<>();
        IntStream.range(0, 4).forEach(which -> {
            cases.add(new Case("bare LF " + which, ending(honest, which, "\n") + NEXT));
            cases.add(new Case("CR CR LF " + which, ending(honest, which, "\r\r\n") + NEXT));
            cases.add(new Case("CR NUL LF " + which, ending(honest, which, "\r\u0000\n") + NEXT));
        });
        cases.add(new Case("bare LF only", honest.replace("\r\n", "\n") + NEXT.replace("\r\n", "\n")));
        cases.add(new Case("LF before the request", "\n" + honest + NEXT));
        cases.add(new Case("NUL before the request", "\u0000" + honest + NEXT));
        cases.add(new Case("VT before the request", "\u000b" + honest + NEXT));
        cases.add(new Case("blank before the request", " " + honest + NEXT));
        return cases;
    }

    private static String ending(String head, int which, String end) {
        String[] lines = head.split("\r\n", -1);
        var text = new StringBuilder();
        for (int at = 0; at + 1 < lines.length; at++) {
            text.append(lines[at]).append(at == which ? end : "\r\n");
        }
        return text.toString();
    }

    private static List<Case> hosts() {
        List<String> lines = List.of(
                "",
                "Host: a\r\nHost: a\r\n",
                "Host: a\r\nHost: b\r\n",
                "Host: a\r\nhost: b\r\n",
                "Host: a\r\nX: x\r\nHOST: a\r\n",
                "Host : a\r\n",
                " Host: a\r\n",
                "Host: a b\r\n",
                "Host: a,b\r\n",
                "Host: a/b\r\n",
                "Host: a@b\r\n",
                "Host: a?b\r\n",
                "Host: a#b\r\n",
                "Host: a\\b\r\n",
                "Host: a\u0000\r\n",
                "Host: a:b\r\n",
                "Host: a:80:80\r\n",
                "Host: a:-1\r\n",
                "Host: [::1\r\n",
                "Host: a::x\r\n",
                "Host: <a>\r\n",
                "Host: a\tb\r\n",
                "Host: \r\n",
                "Host:\r\n",
                "Host: http://a\r\n",
                "Host: \u00e9\r\n",
                "Host: a\r\n b\r\n",
                "X-Host: a\r\n",
                "Host\r\n",
                "Host: a;b\r\n",
                "Host: {a}\r\n");
        return lines.stream()
                .map(line -> new Case("host " + line, "GET /stats HTTP/1.1\r\n" + line + "\r\n" + NEXT))
                .toList();
    }

    private static List<Case> requestLines() {
        List<String> lines = List.of(
                "GET /stats",
                "GET",
                "GET  HTTP/1.1",
                "GET /stats HTTP/1.1 ",
                "GET  /stats HTTP/1.1",
                "GET /stats  HTTP/1.1",
                "GET\t/stats HTTP/1.1",
                "GET /stats\tHTTP/1.1",
                "GET\u000b/stats HTTP/1.1",
                "GET /st ats HTTP/1.1",
                "GET /stats HTTP/1.1 X",
                "GET /stats http/1.1",
                "GET /stats HTTP/1",
                "GET /stats HTTP/1.",
                "GET /stats HTTP/.1",
                "GET /stats HTTP/11",
                "GET /stats HTTP/1.2",
                "GET /stats HTTP/1.10",
                "GET /stats HTTP/01.1",
                "GET /stats HTTP/2.0",
                "GET /stats HTTP/0.9",
                "GET /stats HTTP/3",
                "GET /stats HTTPS/1.1",
                "GET /stats HTTP 1.1",
                "GET /stats HTTP/1,1",
                "GET /stats XHTTP/1.1",
                "GET /stats HTTP/1.1\u0000",
                "GET /st\u0000ats HTTP/1.1",
                "G\u0000ET /stats HTTP/1.1",
                "G(T /stats HTTP/1.1",
                "G\u00cbT /stats HTTP/1.1",
                "GET: /stats HTTP/1.1",
                "\"GET\" /stats HTTP/1.1",
                "GET /stats HTTP/1.1\r",
                "GET /st\rats HTTP/1.1",
                "GET http://other.test/stats HTTP/1.1",
                "GET https://other.test/stats HTTP/1.1",
                "GET http://tracker.test:81/stats HTTP/1.1",
                "GET http://a@tracker.test/stats HTTP/1.1",
                "GET http:///stats HTTP/1.1",
                "GET HTTP://OTHER.TEST/stats HTTP/1.1",
                "GET http://tracker.test@other.test/stats HTTP/1.1",
                "GET http:// /stats HTTP/1.1",
                "/stats HTTP/1.1",
                " GET /stats HTTP/1.1");
        return lines.stream()
                .map(line -> new Case("line " + line, line + "\r\n" + HOST + "\r\n" + NEXT))
                .toList();
    }

    private static List<Case> chunks() {
        List<String> bodies = List.of(
                "x\r\n",
                "-1\r\n",
                "+0\r\n\r\n",
                "0x0\r\n\r\n",
                "g\r\n",
                "\r\n",
                " \r\n",
                ";\r\n",
                ";a=b\r\n",
                "fffffffffffffffff\r\n",
                "80000000\r\nx\r\n",
                "ffffffff\r\nx\r\n",
                "7fffffffffffffff1\r\n",
                "5\r\nhelloX0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "0\n\n",
                "5\rhello\r\n0\r\n\r\n",
                "5\u0000\r\nhello\r\n0\r\n\r\n",
                "\u00005\r\nhello\r\n0\r\n\r\n",
                "5 5\r\nhello\r\n0\r\n\r\n",
                "0\r\nX : y\r\n\r\n",
                "0\r\nContent-Length: 5\r\n\r\n",
                "0\r\n Host: a\r\n\r\n",
                "1 0\r\nx\r\n0\r\n\r\n");
        return bodies.stream()
                .map(body -> post("chunks " + body, body + NEXT, "Transfer-Encoding: chunked"))
                .toList();
    }

    private static List<Case> connections() {
        List<Case> cases = new ArrayList<>();
        for (String name : List.of(
                "Content-Length",
                "content-length",
                "Host",
                "HOST",
                "X, Content-Length",
                "close, Host",
                "Content-Length,")) {
            cases.add(post("Connection names " + name, "hello" + NEXT, "Content-Length: 5", "Connection: " + name));
        }
        cases.add(post(
                "Connection names TE",
                "0\r\n\r\n" + NEXT,
                "Transfer-Encoding: chunked",
                "Connection: Transfer-Encoding"));
        cases.add(new Case(
                "chunked in HTTP/1.0",
                "POST /report HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + NEXT));
        cases.add(new Case("two hosts in HTTP/1.0", "GET /stats HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n" + NEXT));
        return cases;
    }

    private static Case post(String name, String rest, String... lines) {
        String head = "POST /report HTTP/1.1\r\n" + HOST + String.join("\r\n", lines) + "\r\n\r\n";
        return new Case(name + " | " + String.join(" | ", lines), head + rest);
    }
}
