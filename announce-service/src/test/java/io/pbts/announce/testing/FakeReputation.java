package io.pbts.announce.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHashKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** reputation-service as announce-service sees it: the same routes over real HTTP, standings that a test sets. */
public final class FakeReputation implements AutoCloseable {
    public static final String KEY = "8d6c1f0b7e25a94c3fd0e61b82a7594c6e0f3b1d9c84a7252f7be1d063c95a48";
    public static final String INSTANCE = "fedcba9876543210".repeat(4);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private PasskeyHashKey passkeyKey = PasskeyHashKey.fromHex(KEY);
    private final Map<Long, String> standings = new LinkedHashMap<>();
    private final Map<Long, List<String>> hashes = new LinkedHashMap<>();
    private final Map<Long, String> users = new LinkedHashMap<>();
    private final List<Long> changes = new ArrayList<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final Map<String, JsonNode> batches = new LinkedHashMap<>();
    private final FakeWallets wallets = new FakeWallets();
    private volatile boolean losesAnswer;
    private volatile boolean away;
    private volatile boolean feedSilent;

    public FakeReputation() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/v1/standings", this::standings);
        server.createContext(
                "/internal/v1/instance", exchange -> answer(exchange, "{\"instance_id\":\"" + INSTANCE + "\"}"));
        server.createContext("/internal/v1/announced", this::announced);
        server.createContext("/internal/v1/wallets", wallets::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public FakeWallets wallets() {
        return wallets;
    }

    /** Sets a standing, as a committed change would. */
    public synchronized void set(
            long account, String user, boolean allowed, String ratio, long owed, Passkey... passkeys) {
        put(account, user, allowed, ratio, owed, List.of(passkeys), Map.of());
    }

    /** Sets a standing of somebody who may download, with the seconds since 1970 in which some of the passkeys end. */
    public synchronized void setExpiring(long account, String user, Map<Passkey, Long> ends, List<Passkey> passkeys) {
        put(account, user, true, null, 0, passkeys, ends);
    }

    /** From now on passkeys that are set are stored under this key. */
    public synchronized void hashUnder(String keyHex) {
        passkeyKey = PasskeyHashKey.fromHex(keyHex);
    }

    private void put(
            long account,
            String user,
            boolean allowed,
            String ratio,
            long owed,
            List<Passkey> passkeys,
            Map<Passkey, Long> ends) {
        List<String> hashed =
                passkeys.stream().map(passkey -> passkey.hash(passkeyKey).hex()).toList();
        standings.put(account, """
                {"account_id":%d,"user_id":"%s","passkey_hashes":[%s],"expiring_passkeys":[%s],"allowed":%b,"ratio":%s,\
                "min_ratio":"0.50","bytes_owed":%d}""".formatted(
                        account,
                        user,
                        hashed.stream().map(hash -> '"' + hash + '"').collect(Collectors.joining(",")),
                        ends.entrySet().stream()
                                .map(end -> "{\"hash\":\"%s\",\"expires_at\":%d}"
                                        .formatted(end.getKey().hash(passkeyKey).hex(), end.getValue()))
                                .collect(Collectors.joining(",")),
                        allowed,
                        ratio == null ? "null" : '"' + ratio + '"',
                        owed));
        hashes.put(account, hashed);
        users.put(account, user);
        changes.add(account);
    }

    /** What an account's clients announced in batches that were counted, a batch that comes again being counted once. */
    public synchronized long announced(long account, String direction) {
        return batches.values().stream()
                .flatMap(batch -> batch.path("entries").valueStream())
                .filter(entry -> entry.path("account_id").asLong() == account)
                .mapToLong(entry -> entry.path(direction).asLong())
                .sum();
    }

    /** Counts the next batch but gives no answer to it. */
    public void loseTheNextAnswer() {
        losesAnswer = true;
    }

    private void announced(HttpExchange exchange) throws IOException {
        JsonNode batch = JSON.readTree(exchange.getRequestBody());
        boolean first;
        synchronized (this) {
            first = !away && batches.putIfAbsent(batch.path("batch_id").asString(), batch) == null;
        }
        if (losesAnswer) {
            losesAnswer = false;
            exchange.close();
        } else {
            answer(exchange, "{\"counted\":%b}".formatted(first));
        }
    }

    /** Answers nothing but 503 from now on, or answers again. */
    public void away(boolean isAway) {
        away = isAway;
    }

    /** The feed shows no change from now on, as when a transaction is still in flight; single questions are answered. */
    public void feedSilent(boolean silent) {
        feedSilent = silent;
    }

    /** Single questions so far. */
    public int questions() {
        return questions.get();
    }

    private void standings(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/internal/v1/standings/")) {
            questions.incrementAndGet();
            answer(exchange, single(path.substring("/internal/v1/standings/".length())));
        } else {
            answer(exchange, page(exchange.getRequestURI().getQuery()));
        }
    }

    private synchronized String page(String query) {
        String after = parameter(query, "after");
        int from = after.isEmpty() ? 0 : Integer.parseInt(after);
        int end = feedSilent ? from : changes.size();
        int to = Math.min(end, from + Integer.parseInt(parameter(query, "limit")));
        String items = changes.subList(from, to).stream().map(standings::get).collect(Collectors.joining(","));
        return "{\"cursor\":\"%d\",\"items\":[%s],\"more\":%b}".formatted(to, items, to < end);
    }

    private static String parameter(String query, String name) {
        var found = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
        return found.find() ? found.group(1) : "";
    }

    private synchronized String single(String key) {
        String value = key.substring(key.indexOf('/') + 1);
        return standings.entrySet().stream()
                .filter(entry -> key.startsWith("by-passkey/")
                        ? hashes.get(entry.getKey()).contains(value)
                        : users.get(entry.getKey()).equals(value))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            int status = away ? 503 : body.length == 0 ? 404 : 200;
            exchange.sendResponseHeaders(status, away || body.length == 0 ? -1 : body.length);
            if (status == 200) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
