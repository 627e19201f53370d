package io.pbts.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

class RouteTableTest {
    private static final String PASSKEY = "abcdefghijklmnopqrstuvwxyz234567";
    private final RouteTable production = RouteTable.forProduction();
    private final RouteTable local = RouteTable.forLocal();

    @ParameterizedTest
    @CsvSource({
        "GET,/announce,TRACKER",
        "GET,/scrape,TRACKER",
        "GET,/" + PASSKEY + "/announce,TRACKER",
        "GET,/" + PASSKEY + "/scrape,TRACKER",
        "GET,/announce/" + PASSKEY + ",TRACKER",
        "GET,/scrape/" + PASSKEY + ",TRACKER",
        "GET,/not%20a%20passkey/announce,TRACKER",
        "POST,/api/v1/torrents,ANNOUNCE",
        "GET,/api/v1/torrents,ANNOUNCE",
        "GET,/api/v1/torrents/0123,ANNOUNCE",
        "GET,/api/v1/torrents/0123/file,ANNOUNCE",
        "GET,/api/v1/torrents/0123/magnet,ANNOUNCE",
        "POST,/api/v1/torrents/corrected,ANNOUNCE",
        "PATCH,/api/v1/torrents/0123,ANNOUNCE",
        "DELETE,/api/v1/torrents/0123,ANNOUNCE",
        "POST,/report,RECEIPT",
        "POST,/verify-receipt,RECEIPT",
        "GET,/config,RECEIPT",
        "POST,/verify-attestation,RECEIPT",
        "GET,/api/v1/policy/bound,RECEIPT",
        "GET,/tee/status,RECEIPT",
        "POST,/register,REPUTATION",
        "GET,/user/alice@example.org,REPUTATION",
        "GET,/stats,REPUTATION",
        "GET,/api/v1/instance,REPUTATION",
        "GET,/api/v1/accounts/0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed/headroom,REPUTATION",
        "GET,/contract/status,CONTRACT",
        "GET,/api/v1/chain/status,CONTRACT",
        "GET,/api/v1/chain/epochs/7,CONTRACT",
        "GET,/contract/user/alice,CONTRACT",
        "GET,/,GATEWAY",
        "GET,/health,GATEWAY",
        "GET,/docs,GATEWAY",
        "GET,/v3/api-docs/receipt,GATEWAY"
    })
    void sendsEveryPublicRouteToItsOwner(String method, String path, Owner owner) {
        assertThat(owner(production, HttpMethod.valueOf(method), path)).isEqualTo(owner);
        assertThat(owner(local, HttpMethod.valueOf(method), path)).isEqualTo(owner);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/keygen",
                "/keygen-tee",
                "/attest",
                "/generate-attestation",
                "/config",
                "/contract/init",
                "/contract/register",
                "/contract/update",
                "/contract/migrate"
            })
    void hasUnsafeRoutesInProfileLocalAlone(String path) {
        assertThat(local.lookup(POST, path)).isInstanceOf(Lookup.Found.class);
        assertThat(production.lookup(POST, path)).isInstanceOf(Lookup.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/v1/instance",
                "/internal",
                "/internal/announce",
                "/INTERNAL/announce",
                "/announce/../internal/v1/instance",
                "/actuator",
                "/actuator/health",
                "/actuator/announce"
            })
    void neverRoutesPrivateDoors(String path) {
        assertThat(production.lookup(GET, path)).isInstanceOf(Lookup.Unknown.class);
        assertThat(local.lookup(GET, path)).isInstanceOf(Lookup.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x/y/announce",
                "/announce/x/y",
                "/announce/",
                "/announce/.",
                "/announce/..",
                "/announce/%2e%2E",
                "//announce",
                "/a%2fb/announce",
                "/a%5Cb/announce",
                "/a;b/announce",
                "/a%3bb/announce",
                "/a%252fb/announce",
                "/a%00b/announce",
                "/%61nnounce",
                "/Announce",
                "/announce;x=1",
                "/stats/",
                "/user/",
                "/user/a//b",
                "/user/../stats",
                "/contract/%2e%2e/internal",
                "/docs/a/b",
                ""
            })
    void knowsNoPathThatTwoReadersCouldReadDifferently(String path) {
        assertThat(production.lookup(GET, path)).isInstanceOf(Lookup.Unknown.class);
    }

    @Test
    void takesAUserCalledAnnounceForAUser() {
        assertThat(owner(production, GET, "/user/announce")).isEqualTo(Owner.REPUTATION);
        assertThat(production.isTracker("/user/announce")).isFalse();
    }

    @Test
    void namesTheMethodsThatAPathHas() {
        assertThat(production.lookup(DELETE, "/stats")).isEqualTo(new Lookup.WrongMethod(Set.of(GET)));
        assertThat(production.lookup(DELETE, "/announce")).isEqualTo(new Lookup.WrongMethod(Set.of(GET, POST)));
        assertThat(local.lookup(DELETE, "/config")).isEqualTo(new Lookup.WrongMethod(Set.of(GET, POST)));
    }

    @Test
    void takesAGetOfAnnounceForTheTrackersAndAPostForAWallets() {
        assertThat(owner(production, GET, "/announce")).isEqualTo(Owner.TRACKER);
        assertThat(owner(production, POST, "/announce")).isEqualTo(Owner.ANNOUNCE);
        assertThat(production.isTracker("/announce")).isTrue();
        assertThat(production.lookup(POST, "/migrate")).isInstanceOf(Lookup.Unknown.class);
        assertThat(local.lookup(POST, "/migrate")).isInstanceOf(Lookup.Unknown.class);
    }

    @Test
    void doesNotNameMethodsOfAnotherProfile() {
        assertThat(production.lookup(DELETE, "/config")).isEqualTo(new Lookup.WrongMethod(Set.of(GET)));
        assertThat(production.lookup(DELETE, "/keygen")).isInstanceOf(Lookup.Unknown.class);
    }

    @Test
    void answersHeadWhereGetChangesNothing() {
        assertThat(production.lookup(HEAD, "/stats")).isInstanceOf(Lookup.Found.class);
        assertThat(production.lookup(HEAD, "/announce")).isInstanceOf(Lookup.WrongMethod.class);
    }

    @Test
    void hasAnExampleOfEveryOwner() {
        var all = Arrays.stream(Entrance.values())
                .flatMap(door -> RouteTable.routes(door).stream())
                .toList();
        assertThat(all).extracting(PublicRoute::owner).contains(Owner.values());
        assertThat(all).extracting(PublicRoute::exposure).contains(Exposure.values());
        assertThat(all).extracting(PublicRoute::traffic).contains(Traffic.values());
    }

    private static Owner owner(RouteTable table, HttpMethod method, String path) {
        assertThat(table.lookup(method, path)).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) table.lookup(method, path)).route().owner();
    }
}
