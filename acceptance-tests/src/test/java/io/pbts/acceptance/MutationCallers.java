package io.pbts.acceptance;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Members and the operator of a stack, who send spoiled requests. Each credential is of a member of its own, so that what one may
 * end (sessions, keys, passkeys) is never another's; a session that has ended is followed by the next.
 */
final class MutationCallers {
    private static final int ADDRESSES = 200;
    private static final Pattern ENDED = Pattern.compile("session has ended|token has expired");

    /**
     * @param head its credential as lines of a head; empty for nobody
     * @param credential as it may stand in an answer to this caller alone; empty for nobody
     */
    record Caller(String name, String head, String credential) {
        static Caller bearing(String name, String token) {
            return new Caller(name, "Authorization: Bearer " + token + "\r\n", token);
        }

        boolean isSession() {
            return name.equals("session");
        }
    }

    private static final Caller NOBODY = new Caller("nobody", "", "");

    private final Http gateway;
    private final Canaries canaries;
    private final Member signedIn;
    private final Caller passkey;
    private final Caller apiKey;
    private final Caller operator;
    private final Map<String, String> here;
    private volatile Caller session;

    MutationCallers(Stack stack, Canaries canaries) {
        this.gateway = stack.gateway().from("127.53.0.1");
        this.canaries = canaries;
        String run = Long.toString(System.nanoTime(), 36);
        this.signedIn = member("mutant-session-" + run);
        Member holder = member("mutant-passkey-" + run);
        Member keyed = member("mutant-key-" + run);
        this.passkey = new Caller("passkey", "X-PBTS-Passkey: " + holder.passkey() + "\r\n", holder.passkey());
        String key = Session.open(gateway, keyed)
                .makeApiKey("mutations", "report", "torrents", "account:read")
                .path("key")
                .asString();
        canaries.add("API key", key);
        this.apiKey = Caller.bearing("API key", key);
        this.operator = Caller.bearing(
                "operator", Part.of(stack, "gateway").secret("pbts.admin-key").strip());
        this.here = Map.of(
                "user_id",
                holder.userId(),
                "passkey",
                holder.passkey(),
                "info_hash",
                torrentOf(member("mutant-uploader-" + run)));
        this.session = open();
    }

    /** Names of this installation that exist and are of no use to anybody else, by the names of parameters. */
    Map<String, String> here() {
        return here;
    }

    /** The tracker knows no callers but by its paths. */
    Caller one(MutationRoute route, Random random) {
        if (route.door().equals("admin")) {
            return List.of(operator, operator, operator, operator, operator, operator, session, NOBODY)
                    .get(random.nextInt(8));
        }
        boolean tracker = route.path().matches("/(.*/)?(announce|scrape)(/.*)?")
                && route.method().equals("GET");
        return tracker
                ? NOBODY
                : List.of(NOBODY, passkey, passkey, session, session, session, apiKey, apiKey)
                        .get(random.nextInt(8));
    }

    /** Where a request comes from: no one address may be refused for the number of its requests. */
    static InetAddress address(int number) {
        return InetAddress.ofLiteral("127.53.1." + (1 + number % ADDRESSES));
    }

    void heard(Caller caller, RawHttp.Response response) {
        if (caller.isSession()
                && response.status() == 401
                && ENDED.matcher(response.text()).find()) {
            renew(caller);
        }
    }

    private synchronized void renew(Caller ended) {
        if (session.equals(ended)) {
            session = open();
        }
    }

    private Caller open() {
        Session opened = Session.open(gateway, signedIn);
        canaries.add("access token", opened.accessToken());
        canaries.add("refresh token", opened.refreshToken());
        return Caller.bearing("session", opened.accessToken());
    }

    private Member member(String userId) {
        Member member = Member.register(gateway, userId);
        canaries.add("passkey of " + userId, member.passkey());
        return member;
    }

    private String torrentOf(Member uploader) {
        byte[] file = ("d4:infod6:lengthi1e4:name%d:%s12:piece lengthi16384e6:pieces20:bbbbbbbbbbbbbbbbbbbb"
                        + "7:privatei1e6:source4:PBTSee")
                .formatted(uploader.userId().length(), uploader.userId())
                .getBytes(StandardCharsets.ISO_8859_1);
        var headers = Map.of("X-PBTS-Passkey", uploader.passkey(), "Content-Type", "application/x-bittorrent");
        return gateway.post("/api/v1/torrents", headers, file)
                .expect(201)
                .json()
                .path("info_hash")
                .asString();
    }
}
