package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks every route as every caller and compares with the table. Each request comes from a loopback address of its own. */
final class RouteWalk {
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("info_hash", "0123456789abcdef0123456789abcdef01234567"),
            Map.entry("user_id", "nobody-at-all"),
            Map.entry("hash", "00".repeat(32)),
            Map.entry("kind", "bls"),
            Map.entry("value", "00".repeat(48)),
            Map.entry("address", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
            Map.entry("id", "4294967296"),
            Map.entry("seq", "4294967296"),
            Map.entry("batch_seq", "4294967296"),
            Map.entry("chain_account", "00".repeat(32)),
            Map.entry("service", "receipt"),
            Map.entry("file", "index.html"),
            Map.entry("username", "nobody"),
            Map.entry("key", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    /** Not JSON: who is let in learns just that, and nothing is changed. */
    private static final String BODY = "{\"";

    private final Stack stack;
    private final String profile;
    private final boolean local;
    private final Member member;
    private final Http gateway;
    private Session session;

    RouteWalk(Stack stack, String profile) {
        this.stack = stack;
        this.profile = profile;
        this.local = profile.equals("local");
        this.gateway = stack.gateway().from("127.49.0.1");
        this.member = Member.register(gateway, "walker-" + System.nanoTime());
        this.session = Session.open(gateway, member);
    }

    /** Walks a service at its own port; puts what is not as documented into {@code wrong}. Answers how many it asked. */
    int direct(String service, Map<String, String> wrong) {
        int port = Part.of(stack, service).port();
        int asked = 0;
        List<RouteCaller> callers = RouteCaller.direct(stack, service, local, member, accountId());
        for (RouteRow row : rows(service)) {
            for (RouteCaller caller : callers) {
                boolean open = row.path().startsWith("/actuator/health");
                int expected = open ? 0 : caller.refused() != 0 ? caller.refused() : refusal(row, caller);
                compare(service + " directly", port, row.method(), row.filled(VALUES), caller, expected, wrong);
                asked++;
            }
        }
        return asked;
    }

    /** Walks one door of the gateway, every route of every service, those included that the door does not lead to. */
    int throughTheGateway(String door, Map<String, String> wrong) {
        int port = door.equals("public") ? stack.port() : adminPort();
        int asked = 0;
        for (String service : List.of("announce", "receipt", "reputation", "contract")) {
            for (RouteRow row : rows(service)) {
                String path = row.filled(VALUES);
                Optional<RouteRow> way = way(door, service, row.method(), path);
                for (RouteCaller caller : visitors(door)) {
                    // What is wrong in a credential may be said before or after the path is looked up.
                    int expected =
                            way.isEmpty() ? 404 : caller.refused() != 0 ? caller.refused() : refusal(row, caller);
                    compare(door + " door", port, row.method(), path, caller, expected, wrong);
                    asked++;
                }
                if (path.equals("/api/v1/sessions/current")) {
                    session = Session.open(gateway, member); // the walk has just ended it
                }
            }
        }
        return asked + ownRoutes(door, port, wrong);
    }

    /** The tracker's paths and the gateway's own pages are for everyone at their door, and absent at the other. */
    private int ownRoutes(String door, int port, Map<String, String> wrong) {
        int asked = 0;
        for (RouteRow row : RouteRow.of("gateway")) {
            boolean own =
                    List.of("tracker", "gateway").contains(row.cell("owner").toLowerCase(java.util.Locale.ROOT));
            String path = row.filled(VALUES);
            boolean here = RouteRow.of("gateway").stream()
                    .anyMatch(other -> other.cell("door").equalsIgnoreCase(door) && other.covers(path));
            for (RouteCaller caller : own ? visitors(door) : List.<RouteCaller>of()) {
                if (caller.refused() == 0) {
                    compare(door + " door", port, row.method(), path, caller, here ? 0 : 404, wrong);
                    asked++;
                }
            }
        }
        return asked;
    }

    /** 0 when the caller is to be let in. */
    private static int refusal(RouteRow row, RouteCaller caller) {
        return caller.isAdmitted(row) ? 0 : caller.refusal(row);
    }

    private List<RouteRow> rows(String service) {
        return RouteRow.of(service).stream()
                .filter(row -> row.existsIn(profile))
                .toList();
    }

    private Optional<RouteRow> way(String door, String owner, String method, String path) {
        return RouteRow.of("gateway").stream()
                .filter(row -> row.cell("door").equalsIgnoreCase(door)
                        && row.cell("owner").equalsIgnoreCase(owner)
                        && row.method().equals(method)
                        && (local
                                || !row.cell("exposure")
                                        .toUpperCase(java.util.Locale.ROOT)
                                        .contains("LOCAL_ONLY"))
                        && row.covers(path))
                .findFirst();
    }

    /** Who comes from outside. All are on this machine, so that in {@code local} they count as loopback. */
    private List<RouteCaller> visitors(String door) {
        String operator = Part.of(stack, "gateway").secret("pbts.admin-key").strip();
        boolean inside = door.equals("admin");
        String forged = Jws.service(SigningKey.fresh("gateway").key(), "receipt")
                .asAdmin()
                .text();
        // Being on this machine is no right at the operator's door.
        Set<String> unknown = inside ? Set.of() : rights("ANYONE");
        Set<String> account = rights("ANYONE", "ACCOUNT", "SCOPE:report", "SCOPE:torrents", "SCOPE:account:read");
        List<RouteCaller> visitors = new ArrayList<>(List.of(
                new RouteCaller("anonymous", Map.of(), unknown, 0),
                new RouteCaller("forged token", Map.of(Jws.HEADER, forged), unknown, 0),
                new RouteCaller("session", Session.bearer(session.accessToken()), account, inside ? 401 : 0),
                new RouteCaller("no such API key", Session.bearer("pbts_" + "B".repeat(43)), Set.of(), 401)));
        if (inside) {
            visitors.add(new RouteCaller("operator", Session.bearer(operator), rights("ANYONE", "ADMIN"), 0));
        } else {
            visitors.add(new RouteCaller(
                    "passkey", Map.of("X-PBTS-Passkey", member.passkey()), rights("ANYONE", "PASSKEY"), 0));
            visitors.add(new RouteCaller("operator's key outside", Session.bearer(operator), Set.of(), 401));
        }
        return visitors;
    }

    private Set<String> rights(String... rights) {
        Set<String> all = new HashSet<>(Set.of(rights));
        if (local) {
            all.add("LOOPBACK");
        }
        return all;
    }

    private void compare(
            String where,
            int port,
            String method,
            String path,
            RouteCaller caller,
            int expected,
            Map<String, String> wrong) {
        String verb = method.equals("*") ? "GET" : method;
        var answer = ask(port, verb, path, caller.headers());
        boolean fine = expected == 0 ? isLetIn(answer) : isRefused(answer.status(), expected, caller);
        if (!fine) {
            wrong.put(
                    "%s: %s %s as %s".formatted(where, verb, path, caller),
                    "%s, but got %d %s".formatted(expected == 0 ? "let in" : expected, answer.status(), answer.text()));
        }
    }

    /** Past the rule, whatever came after it: the body is not JSON, and most names in the paths name nothing. */
    private static boolean isLetIn(RawHttp.Response answer) {
        boolean refused = answer.status() == 401
                || answer.status() == 403
                || answer.code().equals("http-404");
        boolean documented = answer.status() == 503
                && (answer.saysWhenToComeBack() || answer.text().contains("TEE not available"));
        boolean broken = answer.status() >= 500 && !documented;
        return !refused && !broken;
    }

    /** What does not exist may be refused as a method of its path, or after a credential that is wrong in itself. */
    private static boolean isRefused(int status, int expected, RouteCaller caller) {
        boolean absent = expected == 404 && (status == 405 || (status == 401 && caller.refused() == 401));
        return status == expected || absent;
    }

    private static RawHttp.Response ask(int port, String method, String path, Map<String, String> headers) {
        var head =
                new StringBuilder("%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".formatted(method, path));
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (!method.equals("GET") && !method.equals("DELETE")) {
            head.append("Content-Type: application/json\r\nContent-Length: 2\r\n\r\n")
                    .append(BODY);
        } else {
            head.append("\r\n");
        }
        int address = ADDRESSES.incrementAndGet();
        try {
            var from = InetAddress.ofLiteral("127.50.%d.%d".formatted(address / 200, 1 + address % 200));
            var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            return RawHttp.exchange(server, from, head.toString().getBytes(StandardCharsets.ISO_8859_1))
                    .orElseThrow(() -> new AssertionError("no answer to " + method + " " + path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String accountId() {
        String claims = session.accessToken().split("\\.", -1)[1];
        return Stack.JSON
                .readTree(java.util.Base64.getUrlDecoder().decode(claims))
                .path("sub")
                .asString();
    }

    private int adminPort() {
        return Integer.parseInt(Part.of(stack, "gateway").setting("PBTS_ADMIN_PORT"));
    }
}
