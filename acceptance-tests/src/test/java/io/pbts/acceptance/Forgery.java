package io.pbts.acceptance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to claim another address in an announce.
 *
 * @param query more parameters
 * @param headers more header lines, each with its line end
 * @param wellFormed whether a server must understand the request; others it may refuse
 */
record Forgery(String name, String query, String headers, boolean wellFormed) {
    /** Headers that some proxy, framework or tracker somewhere believes. */
    private static final List<String> BELIEVED = List.of(
            "X-Forwarded-For",
            "x-forwarded-for",
            "X-FORWARDED-FOR",
            "X-Real-IP",
            "X-Client-IP",
            "X-Cluster-Client-IP",
            "X-Originating-IP",
            "X-Remote-IP",
            "X-Remote-Addr",
            "X-ProxyUser-Ip",
            "True-Client-IP",
            "CF-Connecting-IP",
            "CF-Connecting-IPv6",
            "Fastly-Client-IP",
            "Forwarded-For",
            "X-Forwarded",
            "Client-IP",
            "Via",
            "X-PBTS-Client-Address",
            "x-pbts-client-address",
            "X-Azure-ClientIP");

    static List<Forgery> all(String victim) {
        List<Forgery> all = new ArrayList<>();
        BELIEVED.forEach(header -> all.add(header(header, victim)));
        all.addAll(forwarded(victim));
        all.addAll(parameters(victim));
        all.addAll(chains(victim));
        return all;
    }

    private static List<Forgery> forwarded(String victim) {
        return List.of(
                header("Forwarded", "for=" + victim),
                header("Forwarded", "for=\"[2001:db8::66]:4711\";proto=http"),
                header("Forwarded", "for=_hidden, for=" + victim),
                header("Forwarded", "for=unknown;by=" + victim + ";host=evil.example"));
    }

    /** BEP 3 and BEP 7 let a client name its address; private trackers must not listen. */
    private static List<Forgery> parameters(String victim) {
        return List.of(
                query("ip", victim),
                query("ip", "%3A%3Affff%3A" + victim),
                query("ip", "127.0.0.1"),
                query("ipv4", victim + "%3A6881"),
                query("ipv6", "2001%3Adb8%3A%3A66"),
                query("ipv6", "%5B2001%3Adb8%3A%3A66%5D%3A6881"),
                query("ip=10.0.0.1&ip", victim),
                query("address", victim),
                query("trackerip", victim));
    }

    private static List<Forgery> chains(String victim) {
        String fifty = String.join(", ", java.util.Collections.nCopies(50, victim));
        String token = "eyJhbGciOiJub25lIiwidHlwIjoicGJ0cy1zZXJ2aWNlK2p3dCJ9.e30.";
        return List.of(
                header("X-Forwarded-For", victim + ", 10.0.0.1, 127.0.0.1"),
                header("X-Forwarded-For", fifty),
                header("X-Forwarded-For", "::ffff:" + victim),
                header("X-Forwarded-For", victim + ":1234"),
                header("X-Forwarded-For", "127.0.0.1"),
                new Forgery(
                        "twice", "", "X-Forwarded-For: %s\r\nX-Forwarded-For: 127.0.0.1\r\n".formatted(victim), true),
                new Forgery(
                        "named in Connection",
                        "",
                        "Connection: X-Forwarded-For, X-PBTS-Client-Address\r\nX-PBTS-Client-Address: %s\r\n"
                                .formatted(victim),
                        true),
                new Forgery(
                        "token and address",
                        "",
                        "X-PBTS-Service-Token: %s\r\nX-PBTS-Client-Address: %s\r\n".formatted(token, victim),
                        true),
                new Forgery("underscores", "", "X_PBTS_Client_Address: %s\r\n".formatted(victim), true),
                new Forgery("PROXY protocol inside", "", "PROXY: TCP4 %s 127.0.0.1 1 2\r\n".formatted(victim), true),
                new Forgery("folded line", "", "X-Ignore: a\r\n X-Forwarded-For: %s\r\n".formatted(victim), false),
                new Forgery("blank before the colon", "", "X-Forwarded-For : %s\r\n".formatted(victim), false));
    }

    private static Forgery header(String header, String value) {
        return new Forgery(header + ": " + value, "", header + ": " + value + "\r\n", true);
    }

    private static Forgery query(String parameter, String value) {
        return new Forgery("?" + parameter + "=" + value, "&" + parameter + "=" + value, "", true);
    }

    byte[] request(String passkey, String infoHash, int peerPort) {
        String target = "/%s/announce?info_hash=%s&peer_id=-AT0001-%012d&port=%d&left=0&compact=1&event=started%s"
                .formatted(passkey, infoHash, peerPort, peerPort, query);
        return ("GET " + target + " HTTP/1.1\r\nHost: tracker\r\n" + headers + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
