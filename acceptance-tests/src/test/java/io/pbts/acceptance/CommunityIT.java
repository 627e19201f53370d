package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.bencode.BDictionary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Receipts, the gate and the chain in profile {@code production}, with receipts by an independent implementation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommunityIT {
    private static final int PIECE = 256 * 1024;

    @TempDir
    private Path folder;

    private Stack stack;
    private Http gateway;

    @BeforeAll
    void start() {
        stack = ProductionStack.get();
        gateway = stack.gateway();
    }

    @Test
    void oneChangedBitAnywhereCreditsNothingForThatReceiptNamesItAndTheOthersCount() {
        Member sender = Member.register(gateway, "bit-sender");
        Member receiver = Member.register(gateway, "bit-receiver");
        Dataset data = dataset("bits", 32, sender);
        List<Map<String, Object>> good = data.receipts(gateway, sender, receiver, 0, 32, Report.now());
        List<Map<String, Object>> spoiled = spoiledCopiesOf(good.getLast());
        int honest = 0;
        for (int from = 0; from < spoiled.size(); from += 100) {
            List<Map<String, Object>> sent =
                    new ArrayList<>(spoiled.subList(from, Math.min(from + 100, spoiled.size())));
            int honestAt = sent.size() / 2;
            sent.add(honestAt, good.get(honest++));
            List<String> codes = Report.of(sender.report(sent)).codes();
            assertThat(codes).hasSameSizeAs(sent);
            for (int i = 0; i < codes.size(); i++) {
                assertThat(codes.get(i)).as("%s", sent.get(i)).isIn(i == honestAt ? EARNED : REFUSED);
            }
            assertThat(sender.uploaded()).isEqualTo((long) honest * PIECE);
        }
        assertThat(receiver.downloaded()).isEqualTo((long) honest * PIECE);
    }

    private static final List<String> EARNED = List.of("credited");
    private static final List<String> REFUSED = List.of(
            "bad-signature",
            "bad-encoding",
            "unknown-torrent",
            "unknown-sender",
            "unknown-receiver",
            "bad-index",
            "bad-length",
            "bad-piece-hash",
            "stale",
            "future");

    /** Every 7th bit of the long fields, every bit of the short ones: 7 shares no factor with 8, so each position of a byte is hit. */
    private static List<Map<String, Object>> spoiledCopiesOf(Map<String, Object> receipt) {
        List<Map<String, Object>> spoiled = new ArrayList<>();
        for (String field : List.of("infohash", "sender_pk", "receiver_public_key", "piece_hash", "signature")) {
            for (int bit = 0; bit < Bits.size(field, receipt) * 8; bit += 7) {
                spoiled.add(Bits.flipped(receipt, field, bit));
            }
        }
        for (String field : List.of("piece_index", "piece_size", "timestamp")) {
            for (int bit = 0; bit < (field.equals("timestamp") ? 40 : 32); bit++) {
                spoiled.add(Bits.flipped(receipt, field, bit));
            }
        }
        return spoiled;
    }

    @Test
    void aMemberBelowTheFloorIsRefusedCanSeedAndComesBackAfterEarningAndTheChainShowsTheSameTotals() {
        Member sender = Member.register(gateway, "gate-sender");
        Member poor = Member.register(gateway, "gate-poor");
        Dataset data = dataset("gate", 256, sender);
        long size = data.length();
        var receipts = data.receipts(gateway, sender, poor, 0, 256, Report.now());
        assertThat(Report.of(sender.report(receipts)).codes()).containsOnly("credited");

        // (16 MiB credit + 0) / 64 MiB = 0.25; half of 64 MiB is 32 MiB, so 16 MiB are owed.
        String refusal = Await.until(
                "the gate closes",
                Duration.ofSeconds(5),
                () -> poor.tracker().failure(data.infoHash(), 7001, "&left=100&event=started"),
                text -> text.startsWith("Insufficient"));
        assertThat(refusal).isEqualTo("Insufficient ratio: 0.25 < 0.50; seed 16777216 more bytes");

        seedsThoughRefused(poor, sender, data);
        showsOnChain(sender, 0, size);
        showsOnChain(poor, size, 0);

        Member friend = Member.register(gateway, "gate-friend");
        Dataset earned = dataset("earned", 64, poor);
        var earnings = earned.receipts(gateway, poor, friend, 0, 64, Report.now());
        assertThat(Report.of(poor.report(earnings)).codes()).containsOnly("credited");
        Await.until(
                "the gate opens",
                Duration.ofSeconds(5),
                () -> poor.tracker().failure(data.infoHash(), 7001, "&left=100&event=started"),
                "(no failure)"::equals);
        showsOnChain(poor, size, earned.length());
    }

    private static void seedsThoughRefused(Member poor, Member other, Dataset data) {
        BDictionary asSeeder = poor.tracker().announce(data.infoHash(), 7001, "&left=0&event=started");
        assertThat(asSeeder.text("failure reason")).isEmpty();
        assertThat(Tracker.peers(asSeeder)).isEmpty();
        BDictionary asLeecher = other.tracker().announce(data.infoHash(), 7002, "&left=1&event=started");
        assertThat(Tracker.peers(asLeecher)).contains("127.0.0.1:7001");
        other.tracker().announce(data.infoHash(), 7002, "&left=1&event=stopped");
    }

    private void showsOnChain(Member member, long download, long upload) {
        Chain chain = Chain.of(stack);
        Await.until(
                member.userId() + " on the chain",
                Duration.ofSeconds(15),
                () -> chain.userData(member.userId()),
                new Chain.Sizes(download, upload)::equals);
    }

    private Dataset dataset(String name, int pieces, Member owner) {
        Dataset data =
                Dataset.create(folder, name + ".bin", (long) pieces * PIECE, PIECE, "http://tracker.invalid/announce");
        data.registerAs(owner).expect(201);
        return data;
    }

    /** Flips one bit of a receipt's field, whatever its spelling. */
    private static final class Bits {
        private Bits() {}

        static int size(String field, Map<String, Object> receipt) {
            return bytes(field, String.valueOf(receipt.get(field))).length;
        }

        static Map<String, Object> flipped(Map<String, Object> receipt, String field, int bit) {
            Map<String, Object> changed = new HashMap<>(receipt);
            if (receipt.get(field) instanceof Number number) {
                changed.put(field, number.longValue() ^ (1L << bit));
                return changed;
            }
            byte[] bytes = bytes(field, String.valueOf(receipt.get(field)));
            bytes[bit / 8] ^= (byte) (0x80 >>> (bit % 8));
            changed.put(
                    field,
                    isHex(field)
                            ? java.util.HexFormat.of().formatHex(bytes)
                            : java.util.Base64.getEncoder().encodeToString(bytes));
            return changed;
        }

        private static boolean isHex(String field) {
            return field.equals("infohash") || field.equals("piece_hash");
        }

        private static byte[] bytes(String field, String text) {
            return isHex(field)
                    ? java.util.HexFormat.of().parseHex(text)
                    : java.util.Base64.getDecoder().decode(text);
        }
    }
}
