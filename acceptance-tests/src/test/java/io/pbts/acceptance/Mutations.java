package io.pbts.acceptance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.tuweni.bytes.Bytes;

/**
 * Well-formed requests of every route at both doors of the gateway, by whoever may use them, and the many ways of spoiling them.
 * Seeded: a failing number can be made again.
 */
final class Mutations {
    /**
     * Well-formed they make a contract and cannot be taken back, whether with a body, with none, or with one whose field is not
     * known. So they are asked as they are, with an address that is none.
     */
    private static final Set<String> FOR_GOOD = Set.of("/contract/init", "/migrate", "/api/v1/chain/successor");

    private static final List<String> NO_ADDRESSES =
            List.of("true", "-1", "1.5", "[]", "{}", "\"0x12\"", "\"%00\"", "\"" + "A".repeat(5000) + "\"");

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

    private static final List<String> ODD_PARTS = List.of(
            "-1", "0", "9".repeat(30), "%00", "%ff", "%zz", "..", "%2e%2e", "%2F", ";a=b", "a".repeat(3000), "é");

    private final Random random;
    private final List<MutationRoute> routes;
    private final int weights;
    private final MutationCallers callers;

    Mutations(long seed, List<MutationRoute> routes, MutationCallers callers) {
        this.random = new Random(seed);
        this.routes = routes;
        this.weights = routes.stream().mapToInt(MutationRoute::weight).sum();
        this.callers = callers;
    }

    record Request(MutationRoute route, MutationCallers.Caller caller, boolean targetUntouched, Bytes content) {
        byte[] bytes() {
            return content.toArrayUnsafe();
        }

        boolean isGet() {
            return new String(bytes(), 0, 4, StandardCharsets.ISO_8859_1).equals("GET ");
        }

        boolean isTrackers() {
            return route.target().contains("announce?")
                    || route.target().contains("scrape?")
                    || route.target().startsWith("/announce/")
                    || route.target().startsWith("/scrape/");
        }
    }

    Request next() {
        MutationRoute route = pick();
        MutationCallers.Caller caller = callers.one(route, random);
        if (FOR_GOOD.contains(route.path())) {
            return harmless(route, caller);
        }
        String method = random.nextInt(12) == 0 ? one(METHODS) : route.method();
        boolean spoilTarget = random.nextInt(6) < sixthsOfTargets(route);
        byte[] target = spoilTarget ? spoiledTarget(route) : bytes(route.target());
        byte[] body = random.nextInt(10) > 0 ? spoiledBody(route) : bytes(route.body());
        String type = random.nextInt(6) == 0 ? one(TYPES) : route.type();
        byte[] request = assemble(method, target, type, body, caller);
        return new Request(route, caller, !spoilTarget && method.equals(route.method()), Bytes.wrap(request));
    }

    private Request harmless(MutationRoute route, MutationCallers.Caller caller) {
        String body = route.body().replaceFirst(":.*", ":" + one(NO_ADDRESSES).replace("$", "\\$") + "}");
        byte[] request = assemble(route.method(), bytes(route.target()), route.type(), bytes(body), caller);
        return new Request(route, caller, true, Bytes.wrap(request));
    }

    /** A fixed path spoiled is just another that does not exist, and what has a body is spoiled there. */
    private static int sixthsOfTargets(MutationRoute route) {
        boolean varies = route.hasQuery() || !route.parameters().isEmpty();
        return !route.body().isEmpty() ? 1 : varies ? 5 : 2;
    }

    private byte[] spoiledTarget(MutationRoute route) {
        List<Integer> parameters = route.parameters();
        if (!parameters.isEmpty() && random.nextInt(3) > 0) {
            return spoiledParameter(route, parameters.get(random.nextInt(parameters.size())));
        }
        return route.hasQuery() ? spoiledQuery(route.target()) : spoiledBytes(bytes(route.target()), true);
    }

    private byte[] spoiledParameter(MutationRoute route, int place) {
        String[] parts = route.path().split("/", -1);
        parts[place] = random.nextBoolean()
                ? one(ODD_PARTS)
                : new String(spoiledBytes(bytes("." + parts[place]), true), StandardCharsets.ISO_8859_1).substring(1);
        return bytes(
                String.join("/", parts) + route.target().substring(route.path().length()));
    }

    private byte[] spoiledBody(MutationRoute route) {
        if (route.body().isEmpty()) {
            return new byte[0];
        }
        boolean text = route.type().equals(MutationRoute.JSON);
        return text && random.nextBoolean()
                ? bytes(spoiledJson(route.body()))
                : spoiledBytes(bytes(route.body()), !route.type().endsWith("report"));
    }

    private byte[] assemble(String method, byte[] target, String type, byte[] body, MutationCallers.Caller caller) {
        var request = new ByteArrayOutputStream();
        request.writeBytes(bytes(method + " "));
        request.writeBytes(target);
        request.writeBytes(bytes(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"));
        request.writeBytes(bytes(caller.head()));
        if (caller.head().isEmpty() && random.nextInt(8) == 0) {
            request.writeBytes(bytes("X-PBTS-Passkey: "
                    + one(List.of(HandwrittenRoutes.PASSKEY, "", "x", "\"", "a".repeat(3000))) + "\r\n"));
        }
        if (body.length > 0) {
            request.writeBytes(bytes("Content-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n"));
        }
        request.writeBytes(bytes("\r\n"));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private MutationRoute pick() {
        int at = random.nextInt(weights);
        for (MutationRoute route : routes) {
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
        return bytes(target.substring(0, mark + 1) + String.join("&", pairs));
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

    private byte[] spoiledBytes(byte[] source, boolean oneLine) {
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
        for (int i = 0; oneLine && i < spoiled.length; i++) {
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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
