package io.pbts.benchmarks.announce;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every announce with the same number of peers. */
final class CannedTracker implements Contestant {
    private static final byte[] URL = "/key/announce".getBytes(StandardCharsets.US_ASCII);
    private static final int URL_AT = 100;

    private final int peers;
    private final ServerSocket http = new ServerSocket(0, 100, InetAddress.ofLiteral("127.0.0.1"));
    private final DatagramSocket udp = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
    private final AtomicInteger announced = new AtomicInteger();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    CannedTracker(int peers) throws IOException {
        this.peers = peers;
        Thread.ofVirtual().start(this::accept);
        Thread.ofPlatform().daemon().start(this::receive);
    }

    /** Who announced, however often: torrent and port in the form of the protocol. */
    Set<String> peers() {
        return seen;
    }

    int announced() {
        return announced.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = http.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket client) {
        try (client) {
            boolean again = true;
            while (again) {
                String head = head(client.getInputStream());
                if (!head.startsWith("GET /key/announce?info_hash=%")) {
                    return;
                }
                announced.incrementAndGet();
                seen.add(head.replaceAll("&peer_id=.*&port=", " ").replaceAll("(?s)&uploaded.*", ""));
                again = head.contains("Connection: keep-alive");
                String body = "d8:intervali1800e5:peers" + peers * 6 + ":" + "x".repeat(peers * 6) + "e";
                String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
                client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException gone) {
            // the test is over
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private void receive() {
        try {
            while (true) {
                var packet = new DatagramPacket(new byte[2048], 2048);
                udp.receive(packet);
                ByteBuffer request = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
                ByteBuffer answer = ByteBuffer.allocate(20 + peers * 6);
                answer.putInt(request.getInt(8)).putInt(request.getInt(12)).putLong(7);
                if (request.getInt(8) == 0) {
                    answer.limit(16);
                } else if (request.getLong(0) == 7 && request.limit() == URL_AT + URL.length) {
                    announced.incrementAndGet();
                    byte[] hash = Arrays.copyOfRange(request.array(), 16, 36);
                    seen.add(HexFormat.of().formatHex(hash) + " " + request.getShort(96));
                    answer.limit(answer.capacity());
                }
                udp.send(new DatagramPacket(answer.array(), answer.limit(), packet.getSocketAddress()));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    @Override
    public String name() {
        return "canned";
    }

    @Override
    public String work() {
        return "nothing";
    }

    @Override
    public int httpPort() {
        return http.getLocalPort();
    }

    @Override
    public int udpPort() {
        return udp.getLocalPort();
    }

    @Override
    public String path(int account) {
        return "/key/announce";
    }

    @Override
    public byte[] urlData(int account) {
        return URL;
    }

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public long memory() {
        return 0;
    }

    @Override
    public void close() throws IOException {
        http.close();
        udp.close();
    }
}
