package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another part is away: a clear answer, nothing counted, and everything goes on when it comes back. */
class OutageIT {
    @TempDir
    private Path folder;

    @Test
    void withoutReputationServiceNewMembersWaitAndKnownOnesGoOn() throws IOException {
        Stack stack = ProductionStack.get();
        Http gateway = stack.gateway();
        Member known = Member.register(gateway, "outage-known");
        Dataset data = dataset(known);
        assertThat(known.tracker().failure(data.infoHash(), 6881, "&left=1")).isEqualTo("(no failure)");
        frozen(stack, "reputation-service", () -> {
            Http.Answer refused = gateway.postJson("/register", Map.of("user_id", "late", "public_key", "AAAA"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.raw().headers().firstValue("retry-after")).isPresent();
            assertThat(known.tracker().failure(data.infoHash(), 6881, "&left=1"))
                    .isEqualTo("(no failure)");
            var unknown = new Tracker(gateway, "/" + "c".repeat(32)).announce(data.infoHash(), 6882, "&left=1");
            assertThat(unknown.text("failure reason")).isPresent();
            assertThat(unknown.integer("interval").orElse(Long.MAX_VALUE)).isLessThanOrEqualTo(120);
        });
        assertThat(Member.register(gateway, "outage-late").passkey()).isNotBlank();
    }

    @Test
    void withoutAnnounceServiceAnAnnounceIsAFailureInBencodeAndAnUnseenTorrentCountsNothing() throws IOException {
        Stack stack = ProductionStack.get();
        Http gateway = stack.gateway();
        Member sender = Member.register(gateway, "outage-sender");
        Member receiver = Member.register(gateway, "outage-receiver");
        Dataset data = dataset(sender);
        var receipts = data.receipts(gateway, sender, receiver, 0, 1, Report.now());
        frozen(stack, "announce-service", () -> {
            assertThat(sender.tracker().failure(data.infoHash(), 6881, "&left=1"))
                    .isNotEqualTo("(no failure)");
            Http.Answer report = sender.report(receipts);
            assertThat(report.status()).isEqualTo(503);
            assertThat(report.raw().headers().firstValue("retry-after")).isPresent();
            assertThat(sender.uploaded()).isZero();
        });
        Await.until(
                "the same report counts",
                Duration.ofSeconds(10),
                () -> sender.report(receipts),
                answer -> answer.status() == 200 && Report.of(answer).codes().equals(List.of("credited")));
    }

    @Test
    void withoutTheChainReadsAre503WritesAreQueuedAndReceiptsCount() {
        Stack stack = LocalStack.get();
        Http gateway = stack.gateway();
        gateway.postJson("/contract/init", Map.of());
        frozen(stack, "anvil", () -> {
            Http.Answer read = gateway.get("/contract/user/anybody");
            assertThat(read.status()).isEqualTo(503);
            assertThat(read.raw().headers().firstValue("retry-after")).isPresent();
            Http.Answer write = gateway.postJson(
                    "/contract/register", Map.of("username", "queued", "password_hash", "0x" + "ab".repeat(32)));
            assertThat(write.status()).isEqualTo(202);
            assertThat(gateway.get("/stats").status()).isEqualTo(200);
        });
        Await.until(
                "the queued write is on the chain",
                Duration.ofSeconds(60),
                () -> gateway.get("/contract/user/queued"),
                answer -> answer.status() == 200
                        && answer.json()
                                .path("user")
                                .path("username")
                                .asString()
                                .equals("queued"));
    }

    private Dataset dataset(Member owner) throws IOException {
        Dataset data = Dataset.create(folder, "outage.bin", 50_000, 16_384, "http://tracker.invalid/announce");
        data.registerAs(owner).expect(201);
        return data;
    }

    private static void frozen(Stack stack, String part, Runnable meanwhile) {
        String pid = String.valueOf(
                stack.description().path("parts").path(part).path("pid").asLong());
        Shell.run("kill", "-STOP", pid).succeeded();
        try {
            meanwhile.run();
        } finally {
            Shell.run("kill", "-CONT", pid).succeeded();
        }
        Await.until(
                part + " is back",
                Duration.ofSeconds(30),
                () -> stack.gateway().get("/health").status(),
                status -> status == 200);
    }
}
