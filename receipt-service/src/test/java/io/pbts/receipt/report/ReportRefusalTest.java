package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.Neighbours.Owner;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.ProductionTracker;
import io.pbts.receipt.testing.TestTorrent;
import io.pbts.receipt.testing.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a report in production gets that cannot be judged at all: the rows of the design's table with a status of their own. */
class ReportRefusalTest extends ProductionTracker {
    @Test
    void refusesACallerWithoutAPasskeyOrWithAnUnknownOne() {
        Map<String, Object> body = Map.of("user_id", sender.name());
        assertThat(http.post("/report", body).status()).isEqualTo(401);
        assertThat(http.post("/report", body).error()).contains("X-PBTS-Passkey");
        Reply unknown = http.post("/report", body, "X-PBTS-Passkey", "a".repeat(32));
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.text()).doesNotContain("aaaa");
        assertThat(http.post("/report", body, "X-PBTS-Passkey", "not a passkey").status())
                .isEqualTo(401);
    }

    @Test
    void refusesAUserIdThatIsNotTheCallers() {
        Reply reply = http.post(
                "/report",
                Map.of("user_id", receiver.name()),
                "X-PBTS-Passkey",
                sender.passkey().value());
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().path("success").asBoolean(true)).isFalse();
    }

    @Test
    void refusesABodyThatIsNoReportAndCountsNothing() {
        String passkey = sender.passkey().value();
        assertThat(http.postText("/report", "{", "X-PBTS-Passkey", passkey).status())
                .isEqualTo(400);
        assertThat(http.postText("/report", "", "X-PBTS-Passkey", passkey).status())
                .isEqualTo(400);
        assertThat(http.postText("/report", "[]", "X-PBTS-Passkey", passkey).error())
                .isEqualTo("The body must be a JSON object");
        assertThat(http.postText("/report", "{}", "X-PBTS-Passkey", passkey).error())
                .isEqualTo("Missing user_id");
        Map.of(
                        "\"user_id\": 7", "user_id must be a string",
                        "\"uploaded_delta\": 1.5", "uploaded_delta must be an integer of at most 64 bits",
                        "\"uploaded_delta\": \"9\"", "uploaded_delta must be an integer of at most 64 bits",
                        "\"downloaded_delta\": -1", "downloaded_delta must not be negative",
                        "\"receipts\": {}", "receipts must be an array",
                        "\"public_key\": \"AAAA\"", "public_key must have 48 bytes, not 3")
                .forEach((field, sentence) -> {
                    String name = field.startsWith("\"user_id") ? "" : "\"user_id\": \"%s\", ".formatted(sender.name());
                    Reply reply = http.postText("/report", "{" + name + field + "}", "X-PBTS-Passkey", passkey);
                    assertThat(reply.status()).as(field).isEqualTo(400);
                    assertThat(reply.error()).isEqualTo(sentence);
                });
    }

    @Test
    void refusesMoreReceiptsOrBytesThanAllowedAndNamesTheLimit() {
        Reply many = report(sender, Collections.nCopies(257, draft(60).v2()).toArray());
        assertThat(many.status()).isEqualTo(413);
        assertThat(many.error()).contains("256");
        Reply large = http.postText("/report", "{\"x\": \"" + "y".repeat(1 << 20) + "\"}");
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.error()).contains(String.valueOf(1 << 20));
        assertThat(WORLD.up(sender)).isZero();
    }

    @Test
    void slowsDownACallerWhoSendsMoreThan64BadSignaturesAMinute() {
        Peer forger = NEIGHBOURS.add(WORLD.peer(World.GIB));
        List<Object> bad = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            Map<String, Object> receipt = draft(100 + i).v2();
            receipt.put("signature", draft(0).v2().get("signature"));
            bad.add(receipt);
        }
        Reply one = report(forger, bad.toArray());
        assertThat(one.status()).as("a single report may exceed the limit").isEqualTo(200);
        assertThat(one.codes()).containsOnly("bad-signature").hasSize(65);
        Reply next = report(forger, draft(200).v2());
        assertThat(next.status()).isEqualTo(429);
        assertThat(Integer.parseInt(next.header("Retry-After"))).isBetween(1, 60);
        assertThat(report(sender, draft(200).v2()).codes())
                .as("others are not slowed")
                .containsExactly("credited");
    }

    @Test
    void answers503AndCountsNothingWhenAFactCannotBeHad() {
        long before = WORLD.number("select count(*) from receipt.receipt");
        TestTorrent unseen = NEIGHBOURS.add(TestTorrent.v1("unseen", 2, PIECE, 2 * PIECE));
        for (Owner owner : List.of(Owner.REPUTATION, Owner.ANNOUNCE)) {
            pause(); // what was known is forgotten
            NEIGHBOURS.goAway(owner);
            Reply reply =
                    report(sender, Draft.of(sender, receiver, unseen.v1(), 0).v2());
            assertThat(reply.status()).as(owner.name()).isEqualTo(503);
            assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
            NEIGHBOURS.comeBack();
        }
        assertThat(WORLD.number("select count(*) from receipt.receipt")).isEqualTo(before);
        eventually(
                () -> report(sender, Draft.of(sender, receiver, unseen.v1(), 0).v2())
                        .codes()
                        .equals(List.of("credited")));
    }

    @Test
    void answers503WhenTheDatabaseConnectionDies() throws Exception {
        try (var blocker = WORLD.postgres().superuser()) {
            blocker.setAutoCommit(false);
            blocker.createStatement()
                    .executeQuery(
                            "select from reputation.total where account_id = %d for update".formatted(receiver.id()));
            var reply = java.util.concurrent.CompletableFuture.supplyAsync(
                    () -> report(sender, draft(70).v2()));
            eventually(() -> !waiting().isEmpty());
            WORLD.sql("select pg_terminate_backend(%d)".formatted(waiting().getFirst()));
            assertThat(reply.get(60, TimeUnit.SECONDS).status()).isEqualTo(503);
            assertThat(reply.get().header("Retry-After")).isNotEmpty();
            blocker.rollback();
        }
        assertThat(WORLD.up(sender)).isZero();
        assertThat(report(sender, draft(70).v2()).codes()).containsExactly("credited");
    }

    @Test
    void asksForATorrentOnceAndForKeysInOneQuestion() {
        TestTorrent torrent = NEIGHBOURS.add(TestTorrent.v1("asked once", 9, PIECE, 9 * PIECE));
        String path = "/internal/v1/torrents/" + torrent.v1().infoHash().hex();
        long resolved = NEIGHBOURS.asked("/internal/v1/accounts/resolve");
        Object[] receipts = IntStream.range(0, 8)
                .mapToObj(
                        piece -> Draft.of(sender, receiver, torrent.v1(), piece).v2())
                .toArray();
        assertThat(report(sender, receipts).codes()).containsOnly("credited");
        assertThat(NEIGHBOURS.asked(path)).isEqualTo(1);
        assertThat(NEIGHBOURS.asked("/internal/v1/accounts/resolve") - resolved)
                .as("the passkey, and all keys together")
                .isEqualTo(2);
        pause();
        report(sender, Draft.of(sender, receiver, torrent.v1(), 8).v2());
        assertThat(NEIGHBOURS.asked(path)).isEqualTo(1);
    }
}
