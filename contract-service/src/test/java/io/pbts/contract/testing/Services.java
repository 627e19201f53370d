package io.pbts.contract.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.hash.Keccak256;
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
import tools.jackson.databind.json.JsonMapper;

/** receipt-service's and reputation-service's feeds, over real HTTP, with a ledger that the tests can sum up. */
public final class Services implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final List<Map<String, Object>> credits = new ArrayList<>();
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
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void away(boolean isAway) {
        away = isAway;
    }

    public static ChainAccount account(String userId) {
        return new ChainAccount(Keccak256.hash(Bytes.wrap(("key of " + userId).getBytes(UTF_8))));
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
        synchronized (this) {
            enrolments.add(Map.of(
                    "chain_account",
                    account(userId).hex(),
                    "name_hash",
                    nameHash(name).toUnprefixedHexString(),
                    "user_id",
                    userId,
                    "credit_mib",
                    creditMib));
        }
    }

    /** A batch of one receipt as receipt-service hands it out. */
    public void credit(String sender, String receiver, long bytes) {
        synchronized (this) {
            long batch = credits.size() + 1L;
            receipts++;
            credits.add(Map.of(
                    "batch_seq",
                    batch,
                    "receipt_count",
                    1,
                    "rows_root",
                    Keccak256.hash(Bytes.ofUnsignedLong(batch)).toUnprefixedHexString(),
                    "deltas",
                    List.of(delta(account(sender), bytes, 0), delta(account(receiver), 0, bytes))));
            sum(sender)[0] += bytes;
            sum(receiver)[1] += bytes;
        }
    }

    /** One batch of receipts by which that user sent to each of the others, whose user ids are a prefix and a number. */
    public void creditToMany(String sender, String receivers, int count, long bytesEach) {
        synchronized (this) {
            long batch = credits.size() + 1L;
            List<Map<String, Object>> deltas = new ArrayList<>();
            deltas.add(delta(account(sender), bytesEach * count, 0));
            sum(sender)[0] += bytesEach * count;
            for (int n = 0; n < count; n++) {
                deltas.add(delta(account(receivers + n), 0, bytesEach));
                sum(receivers + n)[1] += bytesEach;
            }
            receipts += count;
            credits.add(Map.of(
                    "batch_seq",
                    batch,
                    "receipt_count",
                    count,
                    "rows_root",
                    Keccak256.hash(Bytes.ofUnsignedLong(batch)).toUnprefixedHexString(),
                    "deltas",
                    deltas));
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
