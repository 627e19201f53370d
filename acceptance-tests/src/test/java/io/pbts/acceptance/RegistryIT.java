package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The registry of a community through the gateway, in profile {@code production}. */
class RegistryIT {
    private static final int PIECE = 16 * 1024;

    @Test
    void aTorrentIsUploadedFoundFetchedAndAfterItsRejectionNeitherServedNorPaid(@TempDir Path folder) {
        Stack stack = ProductionStack.get();
        Http gateway = stack.gateway();
        Member giver = Member.register(gateway, "registry-giver");
        Member taker = Member.register(gateway, "registry-taker");
        Dataset data =
                Dataset.create(folder, "registry-atlas.bin", 4L * PIECE, PIECE, "http://tracker.invalid/announce");
        data.registerAs(giver).expect(201);
        String path = "/api/v1/torrents/" + data.infoHash();
        ask(giver, "PATCH", path, Map.of("tags", List.of("Maps"))).expect(200);

        JsonNode found = ask(taker, "GET", "/api/v1/torrents?q=atlas&tag=maps", null)
                .expect(200)
                .json();
        List<String> hashes = new ArrayList<>();
        found.path("items").forEach(item -> hashes.add(item.path("info_hash").asString()));
        assertThat(hashes).containsExactly(data.infoHash());
        byte[] file = ask(taker, "GET", path + "/file", null).expect(200).body();
        assertThat(Tracker.dictionary(file).text("announce").orElse("")).contains("/" + taker.passkey() + "/announce");
        assertThat(taker.tracker().failure(data.infoHash(), 6881, "&left=1")).isEqualTo("(no failure)");
        assertThat(codes(giver, receipts(data, giver, taker, 0))).containsExactly("credited");

        Part part = Part.of(stack, "gateway");
        Http door = new Http(URI.create("http://127.0.0.1:" + part.setting("PBTS_ADMIN_PORT")));
        door.ask(
                        "PUT",
                        "/admin/v1/torrents/" + data.infoHash() + "/state",
                        Session.bearer(part.secret("pbts.admin-key").strip()),
                        Map.of("state", "rejected", "reason", "wrong category"))
                .expect(200);
        assertThat(taker.tracker().failure(data.infoHash(), 6881, "&left=1"))
                .isEqualTo("Unregistered torrent: rejected, wrong category");
        List<Map<String, Object>> again = receipts(data, giver, taker, 0);
        Await.until(
                "the rejection known where receipts are judged",
                Duration.ofSeconds(30),
                () -> codes(giver, again),
                List.of("torrent-disabled")::equals);
        assertThat(codes(giver, receipts(data, giver, taker, 1))).containsExactly("torrent-disabled");
        ask(taker, "GET", path + "/file", null).expect(409);
    }

    private static Http.Answer ask(Member member, String method, String path, @Nullable Object body) {
        return member.gateway().ask(method, path, Map.of("X-PBTS-Passkey", member.passkey()), body);
    }

    private static List<Map<String, Object>> receipts(Dataset data, Member giver, Member taker, int piece) {
        long now = Report.now();
        return data.receipts(giver.gateway(), giver, taker, piece, piece + 1, now);
    }

    private static List<String> codes(Member giver, Object receipts) {
        return Report.of(giver.report(receipts)).codes();
    }
}
