package io.pbts.contract.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.epoch.EpochRow;
import io.pbts.protocol.hash.Keccak256;
import io.pbts.protocol.merkle.GrowingLog;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.TorrentId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import tools.jackson.databind.json.JsonMapper;

/** receipt-service's and reputation-service's feeds, over real HTTP, with a ledger that the tests can sum up. */
public final class Services implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final InstanceId INSTANCE = new InstanceId(Bytes32.repeat((byte) 0x7a));

    private final HttpServer server;
    private final List<Map<String, Object>> credits = new ArrayList<>();
    private final List<byte[]> batches = new ArrayList<>();
    private final List<Map<String, Object>> enrolments = new ArrayList<>();
    private final Map<ChainAccount, long[]> sums =
            new TreeMap<>((a, b) -> a.bytes().compareTo(b.bytes()));
    private long receipts;
    private volatile boolean away;

    public Services() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/internal/v1/credits", exchange -> answer(exchange, credits));
        server.createContext("/internal/v1/enrolments", exchange -> answer(exchange, enrolments));
        server.createContext("/internal/v1/batches/", this::batch);
        server.createContext("/internal/v1/instance", Services::instance);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void away(boolean isAway) {
        away = isAway;
    }

    public static ChainAccount account(String userId) {
        return new ChainAccount(Keccak256.hash(firstKey(userId)));
    }

    /** A wallet's, 20 bytes. */
    public static Bytes firstKey(String userId) {
        return Keccak256.hash(Bytes.wrap(("key of " + userId).getBytes(UTF_8))).slice(0, 20);
    }

    public static Bytes nameHash(String userId) {
        return Keccak256.hash(Bytes.wrap(userId.getBytes(UTF_8)));
    }

    /** An account as reputation-service hands it out. */
    public void register(String userId, long creditMib) {
        register(userId, userId, creditMib);
    }

    /** An account under a name that may be another one's, which reputation-service never does. */
    public void register(String userId, String name, long creditMib) {
        tell(userId, name, creditMib, List.of());
    }

    /** The account again, with keys that took the place of its first one. */
    public void rotate(String userId, long creditMib, List<Bytes> laterKeys) {
        tell(userId, userId, creditMib, laterKeys);
    }

    private void tell(String userId, String name, long creditMib, List<Bytes> laterKeys) {
        synchronized (this) {
            enrolments.add(Map.of(
                    "chain_account",
                    account(userId).hex(),
                    "name_hash",
                    nameHash(name).toUnprefixedHexString(),
                    "user_id",
                    userId,
                    "credit_mib",
                    creditMib,
                    "first_key",
                    firstKey(userId).toUnprefixedHexString(),
                    "later_keys",
                    laterKeys.stream().map(Bytes::toUnprefixedHexString).toList()));
        }
    }

    /** A batch of one receipt as receipt-service hands it out. */
    public void credit(String sender, String receiver, long bytes) {
        synchronized (this) {
            credit(
                    List.of(row(receipts++, sender, receiver, bytes)),
                    List.of(delta(account(sender), bytes, 0), delta(account(receiver), 0, bytes)));
            sum(sender)[0] += bytes;
            sum(receiver)[1] += bytes;
        }
    }

    /** One batch of receipts by which that user sent to each of the others, whose user ids are a prefix and a number. */
    public void creditToMany(String sender, String receivers, int count, long bytesEach) {
        synchronized (this) {
            List<EpochRow> rows = new ArrayList<>();
            List<Map<String, Object>> deltas = new ArrayList<>();
            deltas.add(delta(account(sender), bytesEach * count, 0));
            sum(sender)[0] += bytesEach * count;
            for (int n = 0; n < count; n++) {
                rows.add(row(receipts++, sender, receivers + n, bytesEach));
                deltas.add(delta(account(receivers + n), 0, bytesEach));
                sum(receivers + n)[1] += bytesEach;
            }
            credit(rows, deltas);
        }
    }

    private void credit(List<EpochRow> rows, List<Map<String, Object>> deltas) {
        GrowingLog log = new GrowingLog();
        var records = new ByteArrayOutputStream();
        for (EpochRow row : rows) {
            log.add(row.ledgerRow(INSTANCE).hash().bytes());
            records.writeBytes(row.framed());
        }
        credits.add(Map.of(
                "batch_seq",
                credits.size() + 1L,
                "receipt_count",
                rows.size(),
                "rows_root",
                log.root().toUnprefixedHexString(),
                "deltas",
                deltas));
        batches.add(records.toByteArray());
    }

    /** A receipt of which only hashes are left. */
    private static EpochRow row(long number, String sender, String receiver, long bytes) {
        Bytes32 hash = Keccak256.hash(Bytes.ofUnsignedLong(number));
        return new EpochRow(
                number,
                new TorrentId(Bytes32.repeat((byte) 1)),
                account(sender),
                account(receiver),
                new PieceIndex(number),
                bytes,
                ReceiptKind.V2_BLS,
                new EpochRow.Hashes(hash, hash));
    }

    /** From now on receipt-service has another receipt in this batch than the one that it handed out. */
    public void spoil(int batch) {
        synchronized (this) {
            batches.set(batch - 1, row(1L << 20, "alice", "bob", 1).framed());
        }
    }

    private void batch(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (away) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            String path = exchange.getRequestURI().getPath();
            int number = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
            byte[] body;
            synchronized (this) {
                body = batches.get(number - 1);
            }
            exchange.getResponseHeaders().add("Content-Type", "application/octet-stream");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void instance(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = JSON.writeValueAsBytes(Map.of("instance_id", INSTANCE.hex()));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    public long up(String userId) {
        synchronized (this) {
            return sum(userId)[0];
        }
    }

    public long down(String userId) {
        synchronized (this) {
            return sum(userId)[1];
        }
    }

    /** All bytes that were credited. */
    public long bytes() {
        synchronized (this) {
            return sums.values().stream().mapToLong(sum -> sum[0]).sum();
        }
    }

    public long receipts() {
        synchronized (this) {
            return receipts;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private long[] sum(String userId) {
        return sums.computeIfAbsent(account(userId), unused -> new long[2]);
    }

    private static Map<String, Object> delta(ChainAccount account, long up, long down) {
        return Map.of("chain_account", account.hex(), "up", up, "down", down);
    }

    private void answer(HttpExchange exchange, List<Map<String, Object>> feed) throws IOException {
        try (exchange) {
            if (away) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            Map<String, String> query = query(exchange.getRequestURI().getQuery());
            String after = query.getOrDefault("after", "");
            int from = after.isEmpty() ? 0 : Integer.parseInt(after);
            byte[] body;
            synchronized (this) {
                int to = Math.min(feed.size(), from + Integer.parseInt(query.get("limit")));
                body = JSON.writeValueAsBytes(Map.of(
                        "cursor", String.valueOf(to),
                        "items", feed.subList(from, to),
                        "more", to < feed.size()));
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new TreeMap<>();
        var pairs = Pattern.compile("([^=&]+)=([^&]*)").matcher(text);
        while (pairs.find()) {
            query.put(pairs.group(1), pairs.group(2));
        }
        return query;
    }
}
