package io.pbts.reputation.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pbts.protocol.receipt.InstanceId;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.TestUser;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** INITIAL_CREDIT_POLICY=funded-wallet: credit costs at least what filling a wallet does. */
@TestPropertySource(
        properties = {
            "INITIAL_CREDIT_POLICY=funded-wallet",
            "pbts.wallet-grant.look-every=100ms",
            "pbts.wallet-grant.retry=200ms",
            "pbts.wallet-grant.batch=2"
        })
class WalletGrantTest extends RunningService {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String MINIMUM = "1000000000000000";
    private final TestWallet wallet = TestWallet.fresh();

    private static void has(TestWallet wallet, String wei) {
        NEIGHBOURS.answers("/internal/v1/balances/" + wallet.address(), "{\"wei\":\"%s\",\"block\":7}".formatted(wei));
    }

    private String grantOf(TestWallet wallet) {
        return SignedIn.as(wallet, client()).service().get("/api/v1/account").text("grant");
    }

    private JsonNode standing() {
        return get("/internal/v1/standings/by-user/" + wallet.address()).body();
    }

    @Test
    void aFundedWalletIsGrantedItsCreditAndTheChainIsToldOnceMore() {
        String start = get("/internal/v1/enrolments").text("cursor");
        Reply registered = wallet.register(client());
        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.text("grant")).isEqualTo("pending");
        assertThat(registered.body().path("initialCredit").asLong(-1)).isZero();
        assertThat(standing().path("allowed").asBoolean(true)).isFalse();
        JsonNode first = get("/internal/v1/enrolments?after=" + start).body();
        assertThat(first.at("/items/0/credit_mib").asLong(-1)).isZero();
        String standings = get("/internal/v1/standings").text("cursor");

        has(wallet, MINIMUM);

        await().atMost(SOON).until(() -> standing().path("allowed").asBoolean());
        assertThat(grantOf(wallet)).isEqualTo("granted");
        assertThat(get("/user/" + wallet.address()).body().path("credit_bytes").asLong())
                .isEqualTo(1L << 30);
        JsonNode items = get("/internal/v1/enrolments?after="
                        + first.path("cursor").asString())
                .body()
                .path("items");
        assertThat(items.size()).isEqualTo(1);
        assertThat(items.at("/0/user_id").asString()).isEqualTo(wallet.address());
        assertThat(items.at("/0/credit_mib").asLong()).isEqualTo(1024);
        assertThat(get("/internal/v1/standings?after=" + standings)
                        .body()
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("user_id").asString()))
                .contains(wallet.address());
    }

    @Test
    void aWalletWithOneWeiTooFewGetsNoneAndIsNotAskedForAgain() {
        has(wallet, "999999999999999");
        wallet.register(client());

        await().atMost(SOON).until(() -> grantOf(wallet).equals("none"));
        has(wallet, MINIMUM);
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> grantOf(wallet)
                .equals("none"));
        assertThat(standing().path("allowed").asBoolean(true)).isFalse();
    }

    @Test
    void whileTheChainIsAwayAllWaitAndWhenItIsBackAllAreDecided() {
        List<TestWallet> wallets = Stream.generate(TestWallet::fresh).limit(5).toList();
        wallets.forEach(each -> each.register(client()));
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> wallets.stream()
                .allMatch(each -> grantOf(each).equals("pending")));

        wallets.subList(0, 4).forEach(each -> has(each, MINIMUM));
        has(wallets.getLast(), "0");

        await().atMost(SOON).until(() -> wallets.subList(0, 4).stream()
                .allMatch(each -> grantOf(each).equals("granted")));
        await().atMost(SOON).until(() -> grantOf(wallets.getLast()).equals("none"));
    }

    @Test
    void anAnswerThatCannotBeReadDecidesNothing() {
        has(wallet, "plenty");
        wallet.register(client());

        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> grantOf(wallet)
                .equals("pending"));
        has(wallet, "115792089237316195423570985008687907853269984665640564039457584007913129639935");
        await().atMost(SOON).until(() -> grantOf(wallet).equals("granted"));
    }

    @Test
    void anAccountWithoutAWalletGetsNone() {
        var user = TestUser.fresh();
        var instance = InstanceId.fromHex(get("/internal/v1/instance").text("instance_id"));
        assertThat(post("/register", TestUser.json(user.form(instance))).status())
                .isEqualTo(200);

        assertThat(SignedIn.as(user.key(), client())
                        .service()
                        .get("/api/v1/account")
                        .text("grant"))
                .isEqualTo("none");
        assertThat(get("/internal/v1/policy").text("initial_credit_policy")).isEqualTo("funded-wallet");
    }
}
