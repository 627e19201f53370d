package io.pbts.gateway.route;

import static io.pbts.gateway.route.Exposure.ADMIN;
import static io.pbts.gateway.route.Exposure.LOCAL_ONLY;
import static io.pbts.gateway.route.Exposure.LOOPBACK_IN_LOCAL;
import static io.pbts.gateway.route.Exposure.PUBLIC;
import static io.pbts.gateway.route.Owner.ANNOUNCE;
import static io.pbts.gateway.route.Owner.CONTRACT;
import static io.pbts.gateway.route.Owner.GATEWAY;
import static io.pbts.gateway.route.Owner.RECEIPT;
import static io.pbts.gateway.route.Owner.REPUTATION;
import static io.pbts.gateway.route.Owner.TRACKER;
import static io.pbts.gateway.route.Traffic.REPORT;
import static io.pbts.gateway.route.Traffic.SIGN_IN;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;

/**
 * Every route of the suite that the outside may use, and nothing else: what is not here does not exist. The first line that
 * fits a path decides, so that a user called {@code announce} is a user and not a passkey.
 */
public final class RouteTable {
    private static final List<PublicRoute> ROUTES = List.of(
            PublicRoute.of(GET, "/announce", TRACKER, PUBLIC),
            PublicRoute.of(GET, "/scrape", TRACKER, PUBLIC),
            PublicRoute.of(POST, "/announce", ANNOUNCE, PUBLIC).as(REPORT),
            PublicRoute.of(POST, "/bind-peer", ANNOUNCE, PUBLIC).as(SIGN_IN),
            PublicRoute.of(GET, "/resolve-peer", ANNOUNCE, PUBLIC),
            PublicRoute.of(GET, "/torrents", ANNOUNCE, LOOPBACK_IN_LOCAL),
            PublicRoute.of(GET, "/api/v1/torrents", ANNOUNCE, PUBLIC),
            PublicRoute.of(GET, "/api/v1/torrents/**", ANNOUNCE, PUBLIC),
            PublicRoute.of(GET, "/api/v1/announces/rejected", ANNOUNCE, PUBLIC),
            PublicRoute.of(POST, "/api/v1/torrents", ANNOUNCE, LOOPBACK_IN_LOCAL),
            PublicRoute.of(POST, "/api/v1/torrents/corrected", ANNOUNCE, LOOPBACK_IN_LOCAL),
            PublicRoute.of(PATCH, "/api/v1/torrents/{info_hash}", ANNOUNCE, LOOPBACK_IN_LOCAL),
            PublicRoute.of(DELETE, "/api/v1/torrents/{info_hash}", ANNOUNCE, LOOPBACK_IN_LOCAL),
            PublicRoute.of(POST, "/report", RECEIPT, LOOPBACK_IN_LOCAL).as(REPORT),
            PublicRoute.of(POST, "/api/v1/reports", RECEIPT, PUBLIC).as(REPORT),
            PublicRoute.of(POST, "/api/v1/downloads", RECEIPT, PUBLIC).as(REPORT),
            PublicRoute.of(GET, "/api/v1/receipts", RECEIPT, PUBLIC),
            PublicRoute.of(GET, "/api/v1/audit/receipts", RECEIPT, PUBLIC),
            PublicRoute.of(POST, "/verify-receipt", RECEIPT, PUBLIC).as(REPORT),
            PublicRoute.of(GET, "/config", RECEIPT, PUBLIC),
            PublicRoute.of(POST, "/config", RECEIPT, LOCAL_ONLY),
            PublicRoute.of(POST, "/keygen", RECEIPT, LOCAL_ONLY),
            PublicRoute.of(POST, "/attest", RECEIPT, LOCAL_ONLY),
            PublicRoute.of(POST, "/keygen-tee", RECEIPT, LOCAL_ONLY),
            PublicRoute.of(POST, "/generate-attestation", RECEIPT, LOCAL_ONLY),
            PublicRoute.of(POST, "/verify-attestation", RECEIPT, PUBLIC),
            PublicRoute.of(GET, "/tee/status", RECEIPT, PUBLIC),
            PublicRoute.of(GET, "/api/v1/policy/bound", RECEIPT, PUBLIC),
            PublicRoute.of(POST, "/register", REPUTATION, LOOPBACK_IN_LOCAL).as(SIGN_IN),
            PublicRoute.of(POST, "/api/v1/challenges", REPUTATION, PUBLIC).as(SIGN_IN),
            PublicRoute.of(POST, "/api/v1/sessions", REPUTATION, PUBLIC).as(SIGN_IN),
            PublicRoute.of(POST, "/api/v1/sessions/refresh", REPUTATION, PUBLIC).as(SIGN_IN),
            PublicRoute.of(DELETE, "/api/v1/sessions/current", REPUTATION, PUBLIC),
            PublicRoute.of(GET, "/api/v1/account", REPUTATION, PUBLIC),
            PublicRoute.of(POST, "/api/v1/account/keys", REPUTATION, PUBLIC).as(SIGN_IN),
            PublicRoute.of(DELETE, "/api/v1/account/keys/{kind}/{value}", REPUTATION, PUBLIC),
            PublicRoute.of(POST, "/api/v1/account/passkey", REPUTATION, PUBLIC).as(SIGN_IN),
            PublicRoute.of(GET, "/api/v1/account/api-keys", REPUTATION, PUBLIC),
            PublicRoute.of(POST, "/api/v1/account/api-keys", REPUTATION, PUBLIC).as(SIGN_IN),
            PublicRoute.of(DELETE, "/api/v1/account/api-keys/{id}", REPUTATION, PUBLIC),
            PublicRoute.of(GET, "/api/v1/accounts/**", REPUTATION, PUBLIC),
            PublicRoute.of(GET, "/user/**", REPUTATION, PUBLIC),
            PublicRoute.of(GET, "/reputation/{address}", REPUTATION, PUBLIC),
            PublicRoute.of(GET, "/users", REPUTATION, LOOPBACK_IN_LOCAL),
            PublicRoute.of(GET, "/agent-tools", REPUTATION, PUBLIC),
            PublicRoute.of(GET, "/stats", REPUTATION, PUBLIC),
            PublicRoute.of(GET, "/api/v1/instance", REPUTATION, PUBLIC),
            PublicRoute.of(GET, "/api/v1/chain/**", CONTRACT, PUBLIC),
            PublicRoute.of(GET, "/contract/**", CONTRACT, PUBLIC),
            PublicRoute.of(POST, "/contract/**", CONTRACT, LOCAL_ONLY),
            PublicRoute.of(GET, "/", GATEWAY, PUBLIC),
            PublicRoute.of(GET, "/assets/{file}", GATEWAY, PUBLIC),
            PublicRoute.of(GET, "/favicon.ico", GATEWAY, PUBLIC),
            PublicRoute.of(GET, "/health", GATEWAY, PUBLIC),
            PublicRoute.of(GET, "/docs", GATEWAY, PUBLIC),
            PublicRoute.of(GET, "/docs/{file}", GATEWAY, PUBLIC),
            PublicRoute.of(GET, "/v3/api-docs/{service}", GATEWAY, PUBLIC),
            PublicRoute.of(GET, "/announce/{passkey}", TRACKER, PUBLIC),
            PublicRoute.of(GET, "/scrape/{passkey}", TRACKER, PUBLIC),
            PublicRoute.of(GET, "/{passkey}/announce", TRACKER, PUBLIC),
            PublicRoute.of(GET, "/{passkey}/scrape", TRACKER, PUBLIC));

    private static final List<PublicRoute> ADMIN_ROUTES = List.of(
            PublicRoute.of(POST, "/migrate", CONTRACT, ADMIN),
            PublicRoute.of(POST, "/contract/init", CONTRACT, ADMIN),
            PublicRoute.of(POST, "/contract/register", CONTRACT, ADMIN),
            PublicRoute.of(POST, "/contract/update", CONTRACT, ADMIN),
            PublicRoute.of(POST, "/contract/migrate", CONTRACT, ADMIN),
            PublicRoute.of(GET, "/contract/submission/{id}", CONTRACT, ADMIN),
            PublicRoute.of(GET, "/admin/v1/chain/epochs/{seq}/file", CONTRACT, ADMIN),
            PublicRoute.of(GET, "/admin/v1/announce/signals", ANNOUNCE, ADMIN),
            PublicRoute.of(GET, "/admin/v1/accounts/{user_id}", REPUTATION, ADMIN),
            PublicRoute.of(POST, "/admin/v1/accounts/{user_id}/lockout", REPUTATION, ADMIN),
            PublicRoute.of(POST, "/admin/v1/accounts/{user_id}/auditor-keys", REPUTATION, ADMIN),
            PublicRoute.of(GET, "/admin/v1/torrents", ANNOUNCE, ADMIN),
            PublicRoute.of(PATCH, "/admin/v1/torrents/{info_hash}", ANNOUNCE, ADMIN),
            PublicRoute.of(PUT, "/admin/v1/torrents/{info_hash}/state", ANNOUNCE, ADMIN),
            PublicRoute.of(POST, "/admin/v1/chain/settlement/resume", CONTRACT, ADMIN),
            PublicRoute.of(GET, "/admin/v1/chain/settlement/freezes", CONTRACT, ADMIN),
            PublicRoute.of(POST, "/api/v1/chain/successor", CONTRACT, ADMIN),
            PublicRoute.of(GET, "/api/v1/chain/successor", CONTRACT, ADMIN),
            PublicRoute.of(GET, "/health", GATEWAY, PUBLIC));

    /** Never routed, whatever a line above may come to say: the services' private doors. */
    private static final Pattern WITHHELD = Pattern.compile("/(?:internal|actuator)(?:/.*)?", Pattern.CASE_INSENSITIVE);

    private final boolean local;
    private final Map<String, List<PublicRoute>> fixed = new HashMap<>();
    private final List<Variable> variable = new ArrayList<>();

    private RouteTable(List<PublicRoute> routes, boolean local) {
        this.local = local;
        for (PublicRoute route : routes) {
            if (route.path().isFixed()) {
                fixed.computeIfAbsent(route.path().text(), path -> new ArrayList<>())
                        .add(route);
            } else {
                variable.add(new Variable(route.path().pattern(), route));
            }
        }
    }

    /** The routes of profile {@code local}. */
    public static RouteTable forLocal() {
        return new RouteTable(ROUTES, true);
    }

    /** The routes of every other profile. */
    public static RouteTable forProduction() {
        return new RouteTable(ROUTES, false);
    }

    /** The routes of the admin door, the same in every profile. */
    public static RouteTable forAdmin() {
        return new RouteTable(ADMIN_ROUTES, false);
    }

    /** All lines of a door, of all profiles, in the order in which they decide. */
    public static List<PublicRoute> routes(Entrance door) {
        return switch (door) {
            case PUBLIC -> ROUTES;
            case ADMIN -> ADMIN_ROUTES;
        };
    }

    /** Whether this is the table of profile {@code local}. */
    public boolean isLocal() {
        return local;
    }

    /** Which route a request means. {@code path} is the raw path, escapes and all. */
    public Lookup lookup(HttpMethod method, String path) {
        List<PublicRoute> candidates = candidates(path);
        for (PublicRoute route : candidates) {
            if (route.answers(method)) {
                return exists(route) ? new Lookup.Found(route) : new Lookup.Unknown();
            }
        }
        Set<HttpMethod> allowed = new LinkedHashSet<>();
        candidates.stream().filter(this::exists).map(PublicRoute::method).forEach(allowed::add);
        return allowed.isEmpty() ? new Lookup.Unknown() : new Lookup.WrongMethod(allowed);
    }

    /** Whether a GET of this raw path goes to the tracker, where every byte of the target counts. */
    public boolean isTracker(String path) {
        return lookup(GET, path) instanceof Lookup.Found(PublicRoute route) && route.owner() == TRACKER;
    }

    private List<PublicRoute> candidates(String path) {
        List<PublicRoute> exact = fixed.get(path);
        if (exact != null) {
            return exact;
        }
        if (WITHHELD.matcher(path).matches() || !RawPath.isUnambiguous(path)) {
            return List.of();
        }
        List<PublicRoute> matching = new ArrayList<>();
        for (Variable line : variable) {
            if (line.pattern().matcher(path).matches()) {
                matching.add(line.route());
            }
        }
        return matching;
    }

    private boolean exists(PublicRoute route) {
        return local || route.exposure() != LOCAL_ONLY;
    }

    private record Variable(Pattern pattern, PublicRoute route) {}
}
