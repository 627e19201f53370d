package io.pbts.reputation.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.Signer;
import io.pbts.support.testing.TestKeys;
import io.pbts.support.testing.TestToken;
import java.time.Clock;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody may read of a wallet, and members of all wallets. */
class WalletReputationTest extends RunningService {
    private static final TestToken MEMBER =
            TestKeys.token("gateway", "reputation").asAccount(1, "somebody");

    private final Signer.Wallet wallet = Signer.freshWallet();
    private final String address = wallet.secret().address().checksummed();

    private void totals(long up, long down, long credit) {
        assertThat(sql("""
                update reputation.total set up = %d, down = %d, credit = %d, grant_state = 'granted'
                where account_id = (select account_id from reputation.account where user_id = '%s')
                """.formatted(up, down, credit, address))).isEqualTo(1);
    }

    private Reply reputation() {
        return get("/reputation/" + address);
    }

    @Test
    void aRegisteredWalletIsShownInTheVariantsShape() {
        wallet.enrol(DATABASE, address);
        totals(500, 1000, 24);

        Reply reply = reputation();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().propertyNames())
                .containsExactly("address", "uploadBytes", "downloadBytes", "ratio", "lastUpdated", "isRegistered");
        assertThat(reply.text("address")).isEqualTo(address);
        assertThat(reply.body().path("uploadBytes").isString()).isTrue();
        assertThat(reply.text("uploadBytes")).isEqualTo("524");
        assertThat(reply.text("downloadBytes")).isEqualTo("1000");
        assertThat(reply.body().path("ratio").toString()).isEqualTo("0.52");
        assertThat(reply.body().path("isRegistered").asBoolean()).isTrue();
        assertThat(get("/reputation/" + address.toLowerCase(Locale.ROOT)).text("address"))
                .isEqualTo(address);
    }

    @Test
    void aRatioWithoutABoundIsNullAndNeverInfinity() {
        wallet.enrol(DATABASE, address);
        totals(1, 0, 0);

        assertThat(reputation().body().path("ratio").isNull()).isTrue();
    }

    @Test
    void lastUpdatedIsTheSecondInWhichSomethingMoved() {
        wallet.enrol(DATABASE, address);
        sql("update reputation.account set registered_at = to_timestamp(1000) where user_id = '%s'".formatted(address));
        assertThat(reputation().body().path("lastUpdated").asLong()).isEqualTo(1000);

        sql("""
                update reputation.total set changed_xid = pg_current_xact_id()
                where account_id = (select account_id from reputation.account where user_id = '%s')
                """.formatted(address));
        assertThat(reputation().body().path("lastUpdated").asLong()).isEqualTo(1000);

        totals(1, 0, 0);
        long now = Clock.systemUTC().millis() / 1000;
        assertThat(reputation().body().path("lastUpdated").asLong()).isBetween(now - 60, now + 5);
    }

    @Test
    void aWalletThatNobodyRegisteredHasZeros() {
        Reply reply = reputation();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().toString()).isEqualTo("""
                {"address":"%s","uploadBytes":"0","downloadBytes":"0","ratio":null,"lastUpdated":0,"isRegistered":false}""".formatted(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0x12", "f39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "alice", "%C3%A4"})
    void whatIsNoAddressIs400InTheVariantsWords(String text) {
        Reply reply = get("/reputation/" + text);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error")).isEqualTo("Invalid Ethereum address");
        assertThat(reply.body().propertyNames()).containsExactly("error", "code");
    }

    @Test
    void membersReadAllWalletsPageByPage() {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            var other = Signer.freshWallet();
            expected.add(other.secret().address().checksummed());
            other.enrol(DATABASE, other.secret().address().checksummed());
        }
        Set<String> seen = new HashSet<>();
        String after = "";
        boolean more = true;
        while (more) {
            Reply page = client().as(MEMBER).get("/users?limit=2&after=" + after);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body().path("users").size()).isBetween(0, 2);
            page.body().path("users").forEach(user -> {
                assertThat(user.path("isRegistered").asBoolean()).isTrue();
                assertThat(seen.add(user.path("address").asString())).isTrue();
            });
            after = page.text("cursor");
            more = page.body().path("more").asBoolean();
        }
        assertThat(seen).containsAll(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=x", "limit=0", "limit=-1", "limit=many"})
    void aPageThatIsNoneIs400(String query) {
        Reply reply = client().as(MEMBER).get("/users?" + query);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().propertyNames()).containsExactly("error", "code");
    }

    @Test
    void anAgentIsToldOfTheRoutesAndTheRealRatio() {
        Reply reply = get("/agent-tools");

        assertThat(reply.status()).isEqualTo(200);
        var tools = reply.body().path("tools");
        assertThat(tools.valueStream().map(tool -> tool.path("name").asString()))
                .contains("challenge", "register", "announce", "report", "reputation", "users", "torrents");
        assertThat(tools.valueStream()).allSatisfy(tool -> {
            assertThat(tool.path("method").asString()).isIn("GET", "POST");
            assertThat(tool.path("path").asString()).startsWith("/");
            assertThat(tool.has("body")).isNotEqualTo(tool.has("params"));
        });
        assertThat(tools.toString()).contains("a ratio of at least 0.5 to download");
    }

    @Test
    void strangersDoNotReadTheListOfWallets() {
        Reply reply = get("/users");

        assertThat(reply.status()).isEqualTo(401);
        TestToken key = TestKeys.token("gateway", "reputation").asApiKey(1, "somebody", "report");
        assertThat(client().as(key).get("/users").status()).isEqualTo(403);
    }
}
