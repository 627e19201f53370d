package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a client says of its address, other peers are handed the address of its socket. The client is another host (a
 * network namespace), so that its address, the server's and the forged ones cannot be confused.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledIfEnvironmentVariable(
        named = "PBTS_TEST_UNAVAILABLE",
        matches = ".+",
        disabledReason = "./pbts test found no tools or no root, says so in its summary, and fails in CI")
class ClientAddressIT {
    private static final int FIRST_PORT = 21_000;
    private static final String WITHOUT_WITNESSES = "198.51.100.66";

    @TempDir
    private Path folder;

    private SwarmNet net;
    private Stack stack;
    private Http gateway;

    @BeforeAll
    void connect() {
        stack = ProductionStack.get();
        gateway = stack.gateway().from("127.43.0.1");
        net = new SwarmNet();
    }

    @AfterAll
    void disconnect() {
        net.close();
    }

    @Test
    void fortyForgeriesThroughTheGatewayLeaveTheSocketsAddress() throws Exception {
        forge("gateway", SwarmNet.GATEWAY_V4, stack.port(), SwarmNet.v4(1));
    }

    @Test
    void fortyForgeriesAtTheTrackersPortLeaveTheSocketsAddress() throws Exception {
        forge("direct", SwarmNet.GATEWAY_V4, stack.announcePort(), SwarmNet.v4(1));
    }

    @Test
    void fortyForgeriesOverIpv6LeaveTheSocketsAddress() throws Exception {
        String socket = java.net.InetAddress.ofLiteral(SwarmNet.v6(1)).getHostAddress();
        forge("gateway6", SwarmNet.GATEWAY_V6, stack.port(), socket);
        forge("direct6", SwarmNet.GATEWAY_V6, stack.announcePort(), socket);
    }

    private void forge(String door, String host, int port, String socketAddress) throws Exception {
        Member forger = Member.register(gateway, "forger-" + door);
        Member observer = Member.register(gateway, "observer-" + door);
        Dataset data = Dataset.create(folder, door + ".bin", 65_536, 16_384, "http://tracker.invalid/announce");
        data.registerAs(forger).expect(201);
        List<Forgery> forgeries = Forgery.all(WITHOUT_WITNESSES);
        assertThat(forgeries).hasSizeGreaterThanOrEqualTo(40);

        Path work = Files.createDirectories(folder.resolve(door));
        Map<Integer, Forgery> byPort = new TreeMap<>();
        for (int i = 0; i < forgeries.size(); i++) {
            int peerPort = FIRST_PORT + i;
            byPort.put(peerPort, forgeries.get(i));
            Files.write(
                    work.resolve(peerPort + ".req"),
                    forgeries.get(i).request(forger.passkey(), Tracker.escaped(data.infoHash()), peerPort));
        }
        net.sendAll(1, work, host, port);

        var soft = new SoftAssertions();
        List<String> peers = peersSeenBy(observer, data);
        byPort.forEach((peerPort, forgery) -> {
            String answer = answer(work.resolve(peerPort + ".res"));
            if (forgery.wellFormed() || answer.startsWith("HTTP/1.1 200")) {
                soft.assertThat(answer)
                        .as("%s: answer", forgery.name())
                        .contains(" 200 ")
                        .doesNotContain("failure reason");
                soft.assertThat(peers).as("%s: recorded", forgery.name()).contains(socketAddress + ":" + peerPort);
            } else {
                soft.assertThat(answer).as("%s: refused", forgery.name()).matches("(?s)(HTTP/1\\.1 4\\d\\d .*)?");
            }
        });
        soft.assertThat(peers).allMatch(peer -> peer.startsWith(socketAddress + ":"));
        soft.assertAll();
    }

    private static List<String> peersSeenBy(Member observer, Dataset data) {
        Tracker tracker = observer.tracker();
        List<String> seen = new ArrayList<>();
        // A list holds 50 peers at most, chosen at random; forty and the observer himself fit.
        seen.addAll(Tracker.peers(tracker.announce(data.infoHash(), 6999, "&left=1&numwant=50&event=started")));
        tracker.announce(data.infoHash(), 6999, "&left=1&event=stopped");
        seen.removeIf(peer -> peer.endsWith(":6999"));
        return seen;
    }

    private static String answer(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
