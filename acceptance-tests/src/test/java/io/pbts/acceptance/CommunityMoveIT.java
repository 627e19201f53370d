package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A tracker is destroyed with its database, then the one after it, too. What is left of both is the chain; by it members
 * have the same ratios and refusals on the third tracker, also one who never came to the second. The demo makes one such move
 * in each build.
 */
@Tag("long")
class CommunityMoveIT {
    private static final int PIECE = 256 * 1024;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String REFUSAL = "Insufficient ratio: 0.25 < 0.50; seed 16777216 more bytes";
    private static final Map<String, String> SETTINGS = Map.of(
            "INITIAL_CREDIT_POLICY", "always",
            "INITIAL_CREDIT_BYTES", String.valueOf(16 << 20),
            "PBTS_RATE_FACTOR", "100",
            "PBTS_SETTLEMENT_INTERVAL", "2s",
            "PBTS_PRIVATE_NETWORKS", "127.0.0.0/8");

    @TempDir
    private Path folder;

    @Test
    void theCommunityOutlivesItsTrackerTwice() {
        Stack first = Stack.start("local", SETTINGS);
        Member giver = Member.register(first.gateway(), "move-giver");
        Member taker = Member.register(first.gateway(), "move-taker");
        Member idler = Member.register(first.gateway(), "move-idler");
        Dataset data = dataset("move", 256, giver);
        deliver(first, giver, taker, data, 256);
        deliver(first, giver, idler, data, 16);
        assertRefused(taker, data);
        showsOnChain(first, giver, 0, 272L * PIECE);
        showsOnChain(first, idler, 16L * PIECE, 0);
        Map<String, String> afterFirst = successorOf(first);
        first.destroyAllButTheChain();

        Stack second = Stack.startOnChainOf(first, afterFirst);
        Member giverAgain = giver.again(second.gateway());
        Member takerAgain = taker.again(second.gateway());
        assertThat(giverAgain.passkey()).isNotEqualTo(giver.passkey());
        assertTotals(giverAgain, 272L * PIECE, 0);
        assertTotals(takerAgain, 0, 256L * PIECE);
        Dataset registered = data.registeredBy(giverAgain);
        assertRefused(takerAgain, registered);
        assertThat(Member.attempt(second.gateway(), "move-idler").status())
                .as("another key under a member's name")
                .isEqualTo(409);
        Member newcomer = Member.register(second.gateway(), "move-newcomer");
        assertTotals(newcomer, 0, 0);

        // Earns on the second tracker what it owed from the first.
        Dataset earned = dataset("earned", 64, takerAgain);
        deliver(second, takerAgain, newcomer, earned, 64);
        Await.until("the gate opens", SOON, () -> failure(takerAgain, registered), "(no failure)"::equals);
        showsOnChain(second, takerAgain, 256L * PIECE, 64L * PIECE);
        awaitHistory(second, idler);
        Map<String, String> afterSecond = successorOf(second);
        second.destroyAllButTheChain();

        Stack third = Stack.startOnChainOf(second, afterSecond);
        assertTotals(idler.again(third.gateway()), 0, 16L * PIECE);
        assertTotals(taker.again(third.gateway()), 64L * PIECE, 256L * PIECE);
        third.stop();
    }

    private Dataset dataset(String name, int pieces, Member owner) {
        Dataset data =
                Dataset.create(folder, name + ".bin", (long) pieces * PIECE, PIECE, "http://tracker.invalid/announce");
        data.registerAs(owner).expect(201);
        return data;
    }

    private static void deliver(Stack stack, Member sender, Member receiver, Dataset data, int pieces) {
        List<Map<String, Object>> receipts = data.receipts(stack.gateway(), sender, receiver, 0, pieces, Report.now());
        assertThat(Report.of(sender.report(receipts)).codes()).containsOnly("credited");
    }

    private static void assertRefused(Member member, Dataset data) {
        Await.until("the gate closes", SOON, () -> failure(member, data), REFUSAL::equals);
    }

    private static String failure(Member member, Dataset data) {
        return member.tracker().failure(data.infoHash(), 7001, "&left=100&event=started");
    }

    private static void assertTotals(Member member, long up, long down) {
        assertThat(member.uploaded()).isEqualTo(up);
        assertThat(member.downloaded()).isEqualTo(down);
        assertThat(member.account().path("credit_bytes").asLong()).isEqualTo(16L << 20);
    }

    private static void showsOnChain(Stack stack, Member member, long download, long upload) {
        Chain chain = Chain.of(stack);
        Await.until(
                member.userId() + " on the chain",
                SOON,
                () -> chain.userData(member.userId()),
                new Chain.Sizes(download, upload)::equals);
    }

    /** Nobody of the third tracker would find an account that the second one did not copy. */
    private static void awaitHistory(Stack stack, Member idler) {
        Chain chain = Chain.of(stack);
        Await.until(
                "the history of " + idler.userId(), SOON, () -> chain.isLocal(idler.userId()), Boolean::booleanValue);
    }

    private static Map<String, String> successorOf(Stack before) {
        JsonNode status = before.gateway().get("/contract/status").expect(200).json();
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("PBTS_PREDECESSOR", status.path("settlement_address").asString());
        settings.put("PBTS_FACTORY_ADDRESS", status.path("factory_address").asString());
        return settings;
    }
}
