package io.pbts.announce.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A WebTorrent client that speaks and does no WebRTC. */
public final class SocketClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final String peerId;
    private final WebSocket socket;

    public SocketClient(int port, String path, int number) {
        this(HTTP, "ws://127.0.0.1:%d%s".formatted(port, path), number);
    }

    public SocketClient(HttpClient http, String url, int number) {
        peerId = "-WW0200-%012d".formatted(number);
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(url), new Listener())
                .join();
    }

    /** Puts the parts of messages together. */
    private final class Listener implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                received.add(parts.toString());
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    public String peerId() {
        return peerId;
    }

    /** Bytes as the protocol has them: one in each character. */
    public static String binary(Bytes bytes) {
        return IntStream.range(0, bytes.size())
                .mapToObj(i -> String.valueOf((char) (bytes.get(i) & 0xff)))
                .collect(Collectors.joining());
    }

    /** An announce with that many offers, for a test to change. */
    public ObjectNode announce(Bytes hash, long left, int offers) {
        ObjectNode message = JSON.createObjectNode()
                .put("action", "announce")
                .put("info_hash", binary(hash))
                .put("peer_id", peerId)
                .put("left", left)
                .put("numwant", offers);
        for (int i = 0; i < offers; i++) {
            message.withArray("offers")
                    .addObject()
                    .put("offer_id", peerId.substring(18) + "-offer-" + i)
                    .putObject("offer")
                    .put("type", "offer")
                    .put("sdp", "v=0 from " + peerId + " number " + i);
        }
        return message;
    }

    public ObjectNode answer(Bytes hash, JsonNode offer) {
        ObjectNode message = JSON.createObjectNode()
                .put("action", "announce")
                .put("info_hash", binary(hash))
                .put("peer_id", peerId)
                .put("to_peer_id", offer.path("peer_id").asString())
                .put("offer_id", offer.path("offer_id").asString());
        message.putObject("answer").put("type", "answer").put("sdp", "v=0 answer of " + peerId);
        return message;
    }

    public void send(JsonNode message) {
        send(JSON.writeValueAsString(message));
    }

    public void send(String text) {
        socket.sendText(text, true).join();
    }

    /** The next message, which must come. */
    public JsonNode next() throws InterruptedException {
        String text = received.poll(10, TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("no message" + (socket.isInputClosed() ? ", the connection is closed" : ""));
        }
        return JSON.readTree(text);
    }

    /** Sends it and takes the next message for its answer. */
    public JsonNode ask(JsonNode message) throws InterruptedException {
        send(message);
        return next();
    }

    /** Whether nothing more has come by the time that the tracker has answered something else. */
    public boolean hasNothingElse() throws InterruptedException {
        send("{\"action\":\"nothing\"}");
        return next().path("failure reason").asString("").equals("Unknown action");
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
    }
}
