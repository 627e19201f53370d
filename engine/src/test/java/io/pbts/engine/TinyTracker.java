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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** A tracker that tells everybody about everybody who asks about the same torrent. */
final class TinyTracker implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Set<InetSocketAddress>> swarms = new HashMap<>();
    private final List<Map<String, String>> announces = new CopyOnWriteArrayList<>();
    private final InetAddress address;
    private volatile @Nullable Function<Map<String, String>, byte[]> answers;

    private TinyTracker(InetAddress address) throws IOException {
        this.address = address;
        this.server = HttpServer.create(new InetSocketAddress(address, 0), 50);
        server.createContext("/announce", this::announce);
        server.start();
    }

    static TinyTracker start() {
        return startAt("127.0.0.1");
    }

    /** At one address, or with {@code ::} at all of them. */
    static TinyTracker startAt(String address) {
        try {
            return new TinyTracker(InetAddress.ofLiteral(address));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    String url() {
        return urlAt(address instanceof Inet6Address ? "::1" : "127.0.0.1");
    }

    /** As those know it who reach this machine at an address. */
    String urlAt(String reached) {
        String host = reached.contains(":") ? "[" + reached + "]" : reached;
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
        Function<Map<String, String>, byte[]> other = answers;
        byte[] answer = other == null ? usual(asked, exchange.getRemoteAddress().getAddress()) : other.apply(asked);
        announces.add(asked);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** Peers of the family by which it is asked. */
    private synchronized byte[] usual(Map<String, String> asked, InetAddress from) {
        var self = new InetSocketAddress(from, Integer.parseInt(asked.get("port")));
        Set<InetSocketAddress> swarm = swarms.computeIfAbsent(asked.get("info_hash"), _ -> new LinkedHashSet<>());
        ByteArrayOutputStream peers = new ByteArrayOutputStream();
        for (InetSocketAddress peer : swarm) {
            if (!peer.equals(self) && peer.getAddress().getClass() == from.getClass()) {
                peers.writeBytes(peer.getAddress().getAddress());
                peers.writeBytes(
                        ByteBuffer.allocate(2).putShort((short) peer.getPort()).array());
            }
        }
        if ("stopped".equals(asked.get("event"))) {
            swarm.remove(self);
        } else {
            swarm.add(self);
        }
        return peers(from instanceof Inet6Address ? "peers6" : "peers", peers.toByteArray());
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
