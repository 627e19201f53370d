package io.pbts.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.bencode.BencodeWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes;

/** A tracker that tells everybody about everybody who asks about the same torrent. */
final class TinyTracker implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Map<Integer, InetSocketAddress>> swarms = new HashMap<>();
    private final List<Map<String, String>> announces = new CopyOnWriteArrayList<>();
    private final InetAddress address;
    private volatile Function<Map<String, String>, byte[]> answers = this::usual;

    private TinyTracker(InetAddress address) throws IOException {
        this.address = address;
        this.server = HttpServer.create(new InetSocketAddress(address, 0), 50);
        server.createContext("/announce", this::announce);
        server.start();
    }

    static TinyTracker start() {
        return startAt("127.0.0.1");
    }

    static TinyTracker startAt(String address) {
        try {
            return new TinyTracker(InetAddress.ofLiteral(address));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    String url() {
        String host = address instanceof Inet6Address ? "[::1]" : "127.0.0.1";
        return "http://" + host + ":" + server.getAddress().getPort() + "/announce";
    }

    /** Answers in another way from now on. */
    void answer(Function<Map<String, String>, byte[]> other) {
        answers = other;
    }

    /** What has been asked, in order, by parameter; bytes as ISO 8859-1. */
    List<Map<String, String>> announces() {
        return announces;
    }

    List<String> events() {
        return announces.stream().map(asked -> asked.getOrDefault("event", "")).toList();
    }

    private void announce(HttpExchange exchange) throws IOException {
        Map<String, String> asked = new LinkedHashMap<>();
        for (String parameter : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            int equals = parameter.indexOf('=');
            asked.put(parameter.substring(0, equals), URLDecoder.decode(parameter.substring(equals + 1), ISO_8859_1));
        }
        byte[] answer = answers.apply(asked);
        announces.add(asked);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private synchronized byte[] usual(Map<String, String> asked) {
        int port = Integer.parseInt(asked.get("port"));
        Map<Integer, InetSocketAddress> swarm =
                swarms.computeIfAbsent(asked.get("info_hash"), _ -> new LinkedHashMap<>());
        ByteArrayOutputStream peers = new ByteArrayOutputStream();
        for (InetSocketAddress peer : swarm.values()) {
            if (peer.getPort() != port) {
                peers.writeBytes(peer.getAddress().getAddress());
                peers.writeBytes(
                        ByteBuffer.allocate(2).putShort((short) peer.getPort()).array());
            }
        }
        if ("stopped".equals(asked.get("event"))) {
            swarm.remove(port);
        } else {
            swarm.put(port, new InetSocketAddress(address, port));
        }
        return peers(address instanceof Inet6Address ? "peers6" : "peers", peers.toByteArray());
    }

    static byte[] peers(String key, byte[] compact) {
        Map<String, BencodeValue> answer = new HashMap<>();
        answer.put("interval", new BInteger(60));
        answer.put(key, new BString(Bytes.wrap(compact)));
        return BencodeWriter.encodeToArray(answer);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
