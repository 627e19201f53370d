package io.pbts.reputation.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.receipt.InstanceId;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.TestUser;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** A tracker with a predecessor: its members begin with what they had there, newcomers as everywhere. */
@TestPropertySource(properties = "PBTS_PREDECESSOR=0x00000000000000000000000000000000000000a1")
class InheritanceTest extends RunningService {
    private static final long MIB = 1L << 20;
    private final TestUser user = TestUser.fresh();

    private Reply register(TestUser someone) {
        return post(
                "/register",
                TestUser.json(someone.form(
                        InstanceId.fromHex(get("/internal/v1/instance").text("instance_id")))));
    }

    private static String chainAccount(TestUser someone) {
        return someone.key().publicKey().accountKey().chainAccount().hex();
    }

    private static void says(TestUser of, String state, String account, String up, String down, String nameHolder) {
        NEIGHBOURS.answers(
                "/internal/v1/origins/" + of.key().publicKey().bytes().toUnprefixedHexString(),
                """
                {"state":"%s","chain_account":"%s","up":"%s","down":"%s","credit_mib":16,"name_holder":%s}""".formatted(state, account, up, down, nameHolder == null ? "null" : '"' + nameHolder + '"'));
    }

    private JsonNode standing() {
        return get("/internal/v1/standings/by-user/" + user.name()).body();
    }

    private JsonNode facts() {
        return get("/user/" + user.name()).body();
    }

    @Test
    void aDebtorStaysADebtorAndGetsNoSecondCredit() {
        says(user, "copied", chainAccount(user), String.valueOf(10 * MIB), String.valueOf(100 * MIB), null);

        assertThat(register(user).status()).isEqualTo(200);

        assertThat(standing().path("allowed").asBoolean(true)).isFalse();
        assertThat(facts().path("credit_bytes").asLong()).isEqualTo(16 * MIB);
        assertThat(facts().path("total_uploaded").asLong()).isEqualTo(10 * MIB);
        assertThat(facts().path("total_downloaded").asLong()).isEqualTo(100 * MIB);
    }

    @Test
    void whoGaveMoreThanItTookMayDownloadAtOnce() {
        says(
                user,
                "copied",
                chainAccount(user),
                String.valueOf(90 * MIB),
                String.valueOf(100 * MIB),
                chainAccount(user));

        assertThat(register(user).status()).isEqualTo(200);

        assertThat(standing().path("allowed").asBoolean()).isTrue();
        assertThat(standing().path("user_id").asString()).isEqualTo(user.name());
    }

    @Test
    void aKeyThatReplacedAnotherLeadsToTheSameAccount() {
        String first = chainAccount(TestUser.fresh());
        String cursor = get("/internal/v1/enrolments").text("cursor");
        says(user, "copied", first, "0", "0", first);

        assertThat(register(user).status()).isEqualTo(200);

        JsonNode enrolled =
                get("/internal/v1/enrolments?after=" + cursor).body().path("items");
        assertThat(enrolled.valueStream().map(item -> item.path("chain_account").asString()))
                .contains(first)
                .doesNotContain(chainAccount(user));
        assertThat(facts().path("public_key").asString()).isEqualTo(user.publicKey());
    }

    @Test
    void aNewcomerGetsWhatNewcomersGet() {
        says(user, "unknown", chainAccount(user), "0", "0", null);

        assertThat(register(user).status()).isEqualTo(200);

        assertThat(facts().path("credit_bytes").asLong()).isEqualTo(1024 * MIB);
        assertThat(facts().path("total_downloaded").asLong()).isZero();
    }

    @Test
    void aNameOfTheOtherTrackerIsItsHoldersAlone() {
        says(user, "unknown", chainAccount(user), "0", "0", chainAccount(TestUser.fresh()));

        Reply refused = register(user);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("error")).contains("belonged to another key");
        assertThat(standing().path("user_id").asString("")).isEmpty();
    }

    @Test
    void nobodyIsRegisteredWhileAHistoryIsOnItsWay() {
        says(user, "copying", chainAccount(user), "0", "0", null);

        Reply refused = register(user);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("error")).contains("try again in 5 s");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        says(user, "copied", chainAccount(user), "5", "7", null);
        assertThat(register(user).status()).isEqualTo(200);
    }

    /** Or a debt could be left behind by coming when the chain is away. */
    @Test
    void nobodyIsRegisteredWhileTheChainCannotBeAsked() {
        Reply refused = register(user);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(standing().path("user_id").asString("")).isEmpty();
    }
}
