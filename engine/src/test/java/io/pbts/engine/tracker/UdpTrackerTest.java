package io.pbts.engine.tracker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.engine.tracker.AnnounceRequest.Event;
import io.pbts.protocol.torrent.PeerId;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UdpTrackerTest {
    private final AnnounceRequest request = new AnnounceRequest(
            Bytes.repeat((byte) 9, 20),
            PeerId.ofBytes("-PB0100-abcdefghijkl".getBytes(US_ASCII)),
            6881,
            1,
            2,
            3,
            Event.STARTED,
            50);
    private DatagramSocket server;

    @BeforeEach
    void bind() throws IOException {
        bind("127.0.0.1");
    }

    private void bind(String address) throws IOException {
        server = new DatagramSocket(0, InetAddress.ofLiteral(address));
    }

    private AnnounceAnswer announce() throws TrackerFailure, InterruptedException {
        return new UdpTracker(new SecureRandom())
                .announce(url(), server.getLocalAddress(), request, Duration.ofSeconds(30));
    }

    @AfterEach
    void unbind() {
        server.close();
    }

    private ByteBuffer receive(DatagramPacket packet) throws IOException {
        server.receive(packet);
        return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    }

    private void reply(DatagramPacket to, byte[] bytes) throws IOException {
        server.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
    }

    /** Grants a connection, sends a stray, and answers the announce, whose bytes are the result. */
    private CompletableFuture<byte[]> serve(int action, byte[] rest) {
        CompletableFuture<byte[]> seen = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                ByteBuffer hello = receive(packet);
                assertThat(hello.getLong()).isEqualTo(0x41727101980L);
                int transaction = hello.getInt(12);
                reply(
                        packet,
                        ByteBuffer.allocate(16)
                                .putInt(0)
                                .putInt(transaction + 1)
                                .putLong(1)
                                .array());
                reply(
                        packet,
                        ByteBuffer.allocate(16)
                                .putInt(0)
                                .putInt(transaction)
                                .putLong(77)
                                .array());
                ByteBuffer announce = receive(packet);
                byte[] bytes = new byte[announce.remaining()];
                announce.get(bytes);
                int second = ByteBuffer.wrap(bytes).getInt(12);
                reply(
                        packet,
                        ByteBuffer.allocate(8 + rest.length)
                                .putInt(action)
                                .putInt(second)
                                .put(rest)
                                .array());
                seen.complete(bytes);
            } catch (IOException | RuntimeException | AssertionError e) {
                seen.completeExceptionally(e);
            }
        });
        return seen;
    }

    private URI url() {
        return URI.create("udp://127.0.0.1:" + server.getLocalPort() + "/secretkey/announce?x=1");
    }

    @Test
    void announcesWithThePathThatHoldsThePasskey() throws Exception {
        byte[] rest = ByteBuffer.allocate(18)
                .putInt(900)
                .putInt(1)
                .putInt(1)
                .put(new byte[] {10, 0, 0, 1})
                .putShort((short) 6882)
                .array();
        CompletableFuture<byte[]> seen = serve(1, rest);
        AnnounceAnswer answer = announce();
        assertThat(answer.interval()).isEqualTo(Duration.ofMinutes(15));
        assertThat(answer.peers()).containsExactly(new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 6882));
        ByteBuffer sent = ByteBuffer.wrap(seen.get());
        assertThat(sent.getLong(0)).isEqualTo(77);
        assertThat(sent.getInt(80)).isEqualTo(2);
        assertThat(sent.getShort(96)).isEqualTo((short) 6881);
        assertThat(sent.get(98)).isEqualTo((byte) 2);
        byte[] path = new byte[sent.get(99)];
        sent.get(100, path);
        assertThat(new String(path, US_ASCII)).isEqualTo("/secretkey/announce?x=1");
    }

    @Test
    void anIpv6TrackerAnswersWithIpv6Peers() throws Exception {
        server.close();
        bind("::1");
        InetAddress peer = InetAddress.ofLiteral("fd77::2");
        byte[] rest = ByteBuffer.allocate(30)
                .putInt(900)
                .putInt(1)
                .putInt(1)
                .put(peer.getAddress())
                .putShort((short) 6882)
                .array();
        CompletableFuture<byte[]> seen = serve(1, rest);
        assertThat(announce().peers()).containsExactly(new InetSocketAddress(peer, 6882));
        assertThat(seen.get()).hasSize(98 + 2 + "/secretkey/announce?x=1".length());
    }

    @Test
    void aRefusalIsAFailureWithTheTrackersWords() {
        CompletableFuture<byte[]> seen = serve(3, "Passkey missing".getBytes(US_ASCII));
        assertThatThrownBy(this::announce).isInstanceOf(TrackerFailure.class).hasMessage("Passkey missing");
        assertThat(seen).succeedsWithin(Duration.ofSeconds(30));
    }
}
