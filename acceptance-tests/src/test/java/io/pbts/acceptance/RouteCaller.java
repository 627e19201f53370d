package io.pbts.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A kind of caller.
 *
 * @param headers what it sends
 * @param rights the words of a route table that it satisfies by itself
 * @param refused the status that its credential gets by itself, before any route is looked at; 0 for none
 */
record RouteCaller(String name, Map<String, String> headers, Set<String> rights, int refused) {

    boolean isAdmitted(RouteRow row) {
        return row.who().stream().anyMatch(who -> who.startsWith("SERVICE") ? isNamedIn(who) : rights.contains(who));
    }

    /** Whether the refusal is for want of a credential: then 401, else 403. */
    int refusal(RouteRow row) {
        boolean showable = row.who().stream()
                .anyMatch(who -> List.of("PASSKEY", "ACCOUNT", "ADMIN").contains(who) || who.startsWith("SCOPE"));
        boolean anonymous = rights.stream().allMatch(right -> List.of("ANYONE", "LOOPBACK", "PASSKEY", "nothing more")
                .contains(right));
        return anonymous && showable ? 401 : 403;
    }

    /** Who speaks to a service directly: with the gateway's key, a neighbour's, or none. */
    static List<RouteCaller> direct(Stack stack, String target, boolean local, Member member, String accountId) {
        var gateway = SigningKey.of(Part.of(stack, "gateway"));
        Jws token = Jws.service(gateway, target);
        List<RouteCaller> callers = new ArrayList<>();
        callers.add(new RouteCaller("nobody", Map.of(), Set.of(), 401));
        callers.add(new RouteCaller(
                "plain header",
                Map.of("X-User-Id", member.userId(), "X-PBTS-Passkey", member.passkey()),
                Set.of(),
                401));
        callers.add(by("anonymous, far", token.asAnonymous("192.0.2.9"), Set.of("ANYONE")));
        callers.add(by("anonymous, here", token.asAnonymous("127.0.0.1"), here(local, "ANYONE")));
        callers.add(new RouteCaller(
                "passkey",
                Map.of(Jws.HEADER, token.asAnonymous("192.0.2.9").text(), "X-PBTS-Passkey", member.passkey()),
                Set.of("ANYONE", "PASSKEY"),
                0));
        callers.add(by(
                "API key, report",
                token.asAccount(accountId, member.userId(), "api-key", "k", List.of("report")),
                Set.of("ANYONE", "SCOPE:report", "known")));
        callers.add(by(
                "API key, account",
                token.asAccount(accountId, member.userId(), "api-key", "k", List.of("account:read")),
                Set.of("ANYONE", "SCOPE:account:read", "known")));
        callers.add(by(
                "API key, torrents",
                token.asAccount(accountId, member.userId(), "api-key", "k", List.of("torrents")),
                Set.of("ANYONE", "SCOPE:torrents", "known")));
        callers.add(by(
                "API key, audit",
                token.asAccount(accountId, member.userId(), "api-key", "k", List.of("audit")),
                Set.of("ANYONE", "SCOPE:audit", "known")));
        callers.add(by(
                "operator",
                token.asAdmin(),
                local ? Set.of("ANYONE", "ADMIN", "LOOPBACK") : Set.of("ANYONE", "ADMIN")));
        for (String sibling : Part.SERVICES) {
            if (!sibling.equals(target)) {
                Jws own = Jws.service(SigningKey.of(Part.of(stack, sibling)), target);
                callers.add(by("service " + sibling, own, Set.of("ANYONE", "SERVICE", sibling)));
            }
        }
        return callers;
    }

    private static Set<String> here(boolean local, String right) {
        return local ? Set.of(right, "LOOPBACK") : Set.of(right);
    }

    private static RouteCaller by(String name, Jws token, Set<String> rights) {
        return new RouteCaller(name, Map.of(Jws.HEADER, token.text()), rights, 0);
    }

    private boolean isNamedIn(String who) {
        if (!rights.contains("SERVICE")) {
            return false;
        }
        if (who.equals("SERVICE")) {
            return true;
        }
        String names = who.substring("SERVICE(".length(), who.length() - 1);
        return List.of(names.split(", ", -1)).stream().anyMatch(rights::contains);
    }

    @Override
    public String toString() {
        return name;
    }
}
