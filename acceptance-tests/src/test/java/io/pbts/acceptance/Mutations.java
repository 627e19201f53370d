package io.pbts.acceptance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.tuweni.bytes.Bytes;

/** Well-formed requests of every route and the many ways of spoiling them. Seeded: a failing number can be made again. */
final class Mutations {
    record Route(String method, String target, String body, int weight) {}

    private static final String KEY = "pXLL6pBNZ0aIB8Ho5QqVDJch2zBxKBIJQ5ONAsNYpi4o91uPfHQsQznGpVKfv08O";
    private static final String SIGNATURE = KEY + KEY;
    private static final String HASH = "09be306d741df5cc84731d4025ef3267650f7960";
    private static final String RECEIPT = """
            {"receiver_public_key":"%s","sender_pk":"%s","piece_hash":"%s","piece_index":0,"infohash":"%s",\
            "timestamp":1700000000,"signature":"%s","piece_size":16384,"version":2}""".formatted(KEY, KEY, HASH, HASH, SIGNATURE);
    private static final String QUERY =
            "?info_hash=%09%be0mt%1d%f5%cc%84s%1d%40%25%ef2ge%0fy%60&peer_id=-AT0001-123456789012&port=6881"
                    + "&uploaded=0&downloaded=0&left=0&compact=1&numwant=50&event=started&key=1a2b";
    private static final String PASSKEY = "a2".repeat(16);

    static final List<Route> ROUTES = List.of(
            new Route("GET", "/announce" + QUERY, "", 60),
            new Route("GET", "/" + PASSKEY + "/announce" + QUERY, "", 60),
            new Route("GET", "/announce/" + PASSKEY + QUERY, "", 30),
            new Route("GET", "/scrape?info_hash=%09%be0mt%1d%f5%cc%84s%1d%40%25%ef2ge%0fy%60", "", 40),
            new Route("GET", "/" + PASSKEY + "/scrape?info_hash=%09%be0mt%1d%f5%cc%84s%1d%40%25%ef2ge%0fy%60", "", 40),
            new Route("POST", "/register", """
                    {"user_id":"mallory","public_key":"%s","signature":"%s","proof_of_possession":"%s"}""".formatted(KEY, SIGNATURE, SIGNATURE), 60),
            new Route("POST", "/report", """
                    {"user_id":"alice","public_key":"%s","uploaded_delta":5,"downloaded_delta":0,"receipts":[%s,%s]}""".formatted(KEY, RECEIPT, RECEIPT), 100),
            new Route("POST", "/verify-receipt", """
                    {"receiver_public_key":"%s","sender_public_key":"%s","piece_hash":"%s","piece_index":0,\
                    "infohash":"%s","timestamp":1700000000,"receipt":"%s"}""".formatted(KEY, KEY, HASH, HASH, SIGNATURE), 60),
            new Route("POST", "/attest", """
                    {"receiver_private_key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAI=","sender_public_key":"%s",\
                    "piece_hash":"%s","piece_index":0,"infohash":"%s","timestamp":1700000000}""".formatted(KEY, HASH, HASH), 50),
            new Route("POST", "/keygen", "", 10),
            new Route("POST", "/keygen-tee", "", 5),
            new Route("POST", "/generate-attestation", "{\"payload\":\"x\"}", 10),
            new Route("POST", "/verify-attestation", "{\"quote\":\"00\",\"expected_payload\":\"x\"}", 10),
            new Route("GET", "/tee/status", "", 5),
            new Route("GET", "/config", "", 10),
            new Route("POST", "/config", "{\"verify_signatures\":true,\"receipt_window\":3600}", 30),
            new Route("GET", "/stats", "", 10),
            new Route("GET", "/health", "", 3),
            new Route("GET", "/user/alice", "", 30),
            new Route("GET", "/api/v1/instance", "", 10),
            new Route("GET", "/api/v1/torrents/" + HASH, "", 20),
            new Route(
                    "POST",
                    "/api/v1/torrents",
                    "d8:announce3:x:/4:infod6:lengthi1e4:name1:a12:piece lengthi1e6:pieces20:"
                            + "aaaaaaaaaaaaaaaaaaaa7:privatei1e6:source4:PBTSee",
                    60),
            new Route("GET", "/contract/status", "", 10),
            new Route("GET", "/contract/user/alice", "", 20),
            new Route("POST", "/contract/init", "{\"referrer_address\":\"0x12\"}", 3),
            new Route(
                    "POST",
                    "/contract/register",
                    "{\"username\":\"\",\"salt\":\"s\",\"password_hash\":\"0xzz\",\"download_size\":-1,\"upload_size\":0}",
                    10),
            new Route("POST", "/contract/update", "{\"username\":\"\",\"download_size\":-5,\"upload_size\":1}", 10),
            new Route("POST", "/contract/migrate", "{\"username\":\"\"}", 5),
            new Route("GET", "/", "", 3),
            new Route("GET", "/docs", "", 3),
            new Route("GET", "/internal/v1/instance", "", 5),
            new Route("GET", "/actuator/env", "", 5));

    private static final List<String> ODD_VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e400",
            "99999999999999999999999",
            "1.5",
            "\"\"",
            "[]",
            "{}",
            "\"\\u0000\"",
            "\"%00\"",
            "\"' or 1=1 --\"",
            "\"${jndi:ldap://x}\"",
            "[[[[[[[[]]]]]]]]",
            "\"" + "A".repeat(5000) + "\"");
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "BREW");
    private static final List<String> TYPES = List.of(
            "application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data", "a/b;;;", "");

    private final Random random;

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    record Request(Route route, boolean targetUntouched, Bytes content) {
        byte[] bytes() {
            return content.toArrayUnsafe();
        }
    }

    Request next() {
        Route route = pick();
        String method = random.nextInt(12) == 0 ? one(METHODS) : route.method();
        boolean spoilTarget = route.body().isEmpty() ? random.nextInt(5) > 0 : random.nextInt(6) == 0;
        byte[] target = ascii(route.target());
        if (spoilTarget) {
            target = route.target().contains("?") ? spoiledQuery(route.target()) : spoiledBytes(target);
        }
        byte[] body = ascii(route.body());
        if (body.length > 0 && random.nextInt(10) > 0) {
            body = random.nextBoolean() ? ascii(spoiledJson(route.body())) : spoiledBytes(body);
        }
        return new Request(
                route, !spoilTarget && method.equals(route.method()), Bytes.wrap(assemble(method, target, body)));
    }

    private byte[] assemble(String method, byte[] target, byte[] body) {
        var request = new ByteArrayOutputStream();
        request.writeBytes(ascii(method + " "));
        request.writeBytes(target);
        request.writeBytes(ascii(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"));
        if (random.nextInt(8) == 0) {
            request.writeBytes(
                    ascii("X-PBTS-Passkey: " + one(List.of(PASSKEY, "", "x", "\"", "a".repeat(3000))) + "\r\n"));
        }
        if (body.length > 0) {
            String type = random.nextInt(6) == 0 ? one(TYPES) : "application/json";
            request.writeBytes(ascii("Content-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n"));
        }
        request.writeBytes(ascii("\r\n"));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private Route pick() {
        int total = ROUTES.stream().mapToInt(Route::weight).sum();
        int at = random.nextInt(total);
        for (Route route : ROUTES) {
            at -= route.weight();
            if (at < 0) {
                return route;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    private byte[] spoiledQuery(String target) {
        int mark = target.indexOf('?');
        List<String> pairs = new ArrayList<>(List.of(target.substring(mark + 1).split("&")));
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(pairs.size());
            String name = pairs.get(at).split("=", 2)[0];
            switch (random.nextInt(6)) {
                case 0 ->
                    pairs.set(
                            at,
                            name + "="
                                    + one(List.of("", "-1", "0", "65536", "1e9", "%", "%zz", "%ff", "x".repeat(200))));
                case 1 -> pairs.add(pairs.get(at));
                case 2 -> pairs.set(at, name);
                case 3 -> pairs.add("ip=" + one(List.of("10.0.0.1", "::1", "%00", "evil")));
                case 4 -> pairs.set(at, name + "=" + one(List.of("a=b=c", "[]", "+", "%2B", "%25", "9".repeat(40))));
                default -> {
                    if (pairs.size() > 1) {
                        pairs.remove(at);
                    }
                }
            }
        }
        return ascii(target.substring(0, mark + 1) + String.join("&", pairs));
    }

    private String spoiledJson(String json) {
        int colon = -1;
        List<Integer> colons = new ArrayList<>();
        while ((colon = json.indexOf("\":", colon + 1)) >= 0) {
            colons.add(colon + 2);
        }
        if (colons.isEmpty()) {
            return json + one(ODD_VALUES);
        }
        int from = colons.get(random.nextInt(colons.size()));
        int to = from;
        while (to < json.length() && ",}]".indexOf(json.charAt(to)) < 0) {
            to++;
        }
        return json.substring(0, from) + one(ODD_VALUES) + json.substring(to);
    }

    private byte[] spoiledBytes(byte[] source) {
        byte[] spoiled = source.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && spoiled.length > 1; i++) {
            int at = 1 + random.nextInt(spoiled.length - 1);
            switch (random.nextInt(3)) {
                case 0 -> spoiled[at] = (byte) visible();
                case 1 -> spoiled = java.util.Arrays.copyOf(spoiled, at);
                default -> spoiled[at] ^= (byte) (1 << random.nextInt(7));
            }
        }
        for (int i = 0; i < spoiled.length; i++) {
            boolean breaksTheLine = spoiled[i] == '\r' || spoiled[i] == '\n' || spoiled[i] == ' ' || spoiled[i] == 0;
            spoiled[i] = breaksTheLine ? (byte) '~' : spoiled[i];
        }
        return spoiled;
    }

    private int visible() {
        return 33 + random.nextInt(94);
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
