package io.pbts.announce.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * reputation-service's answers about wallets: a message that it handed out counts once, for what it was made for, when the
 * wallet signed it. A signature here is the word {@code by}, a blank and the address.
 */
public final class FakeWallets {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> standings = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private int challenges;

    /** The account of a wallet. */
    public synchronized void set(
            String address, long account, boolean allowed, String ratio, long owed, long up, long down) {
        standings.put(address, """
                {"account_id":%d,"user_id":"%s","address":"%s","allowed":%b,"ratio":%s,"min_ratio":"0.50","bytes_owed":%d,\
                "upload_bytes":"%d","download_bytes":"%d"}""".formatted(
                account, address, address, allowed, ratio == null ? "null" : '"' + ratio + '"', owed, up, down));
    }

    /** A challenge for the act, whose subject is an event and an info hash, or a peer id. */
    public synchronized String challenge(String address, String act, String subject) {
        String message = "%s %s %s %d".formatted(act, subject, address, ++challenges);
        open.add(message);
        return message;
    }

    public static String signature(String address) {
        return "by " + address;
    }

    void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Answer answer = path.endsWith("/acts")
                    ? act(JSON.readTree(exchange.getRequestBody()))
                    : standing(path.substring(path.lastIndexOf('/') + 1));
            byte[] body = answer.json.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private record Answer(int status, String json) {
        static Answer refused(int status, String code, String detail) {
            return new Answer(status, "{\"code\":\"%s\",\"detail\":\"%s\"}".formatted(code, detail));
        }
    }

    private synchronized Answer act(JsonNode request) {
        String message = request.path("message").asString();
        String address = request.path("address").asString();
        String subject = request.path("act").asString().equals("announce")
                ? request.path("event").asString() + " "
                        + request.path("info_hash").asString()
                : request.path("peer_id").asString();
        if (message.equals("service token")) {
            return Answer.refused(401, "token-expired", "Your clock is wrong");
        }
        if (!open.remove(message)) {
            return Answer.refused(401, "challenge-unknown", "No such challenge");
        }
        if (!message.startsWith("%s %s ".formatted(request.path("act").asString(), subject))) {
            return Answer.refused(401, "wrong-purpose", "The challenge was made for another");
        }
        boolean signed = request.path("signature").asString().equals(signature(address)) && message.contains(address);
        return signed ? standing(address) : Answer.refused(401, "invalid-signature", "Invalid signature");
    }

    private synchronized Answer standing(String address) {
        String standing = standings.get(address);
        return standing == null
                ? Answer.refused(404, "unknown-user", "User is not registered")
                : new Answer(200, standing);
    }
}
