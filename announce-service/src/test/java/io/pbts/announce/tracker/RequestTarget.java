package io.pbts.announce.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.pbts.announce.admission.InstanceId;
import io.pbts.announce.limit.PasskeyLimit;
import io.pbts.announce.passkey.PasskeyHasher;
import io.pbts.announce.passkey.PasskeyKeys;
import io.pbts.announce.signalling.MalformedSignal;
import io.pbts.announce.signalling.Signal;
import io.pbts.announce.signalling.SignalReader;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.testing.Announce;
import io.pbts.announce.testing.FakeReputation;
import io.pbts.announce.testing.UdpClient.Packet;
import io.pbts.protocol.testing.FuzzTarget;
import io.pbts.support.secret.Secret;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.tuweni.bytes.Bytes;

/** What reads requests before anything is looked up. Whatever they hold is taken as the tracker can use it, or has a failure. */
enum RequestTarget implements FuzzTarget {
    /** Path and query of an HTTP request. */
    QUERY {
        @Override
        public void read(byte[] input) {
            byte[] before = input.clone();
            HTTP.request(input, 0, input.length, CLIENT, null);
            checkRead(HTTP);
            require(Arrays.equals(input, before));
        }

        @Override
        public List<byte[]> examples() {
            Announce whole = Announce.of(HASH, 6881)
                    .with("numwant", "50")
                    .with("event", "started")
                    .with("no_peer_id", "1")
                    .with("user_id", "alice");
            return List.of(
                    latin(whole.target()),
                    latin(whole.at("/" + PASSKEY + "/announce")
                            .seeding()
                            .event("completed")
                            .target()),
                    latin(whole.at("/announce?passkey=" + PASSKEY)
                            .event("stopped")
                            .with("port", "0")
                            .target()),
                    latin("/scrape?info_hash=" + Announce.escaped(HASH) + "&info_hash=" + Announce.escaped(HASH.not())),
                    latin("http://tracker.test/announce/" + PASSKEY + "?info_hash=" + Announce.escaped(HASH)));
        }
    },
    /** A packet of BEP 15 with options of BEP 41, whose connection id was found good. */
    UDP_PACKET {
        @Override
        public void read(byte[] input) {
            if (input.length < 16) {
                return; // as the socket does
            }
            int length = Math.min(input.length, DatagramExchange.MAX_PACKET);
            System.arraycopy(input, 0, UDP.packet(), 0, length);
            UDP.request(length, CLIENT, null);
            checkRead(UDP);
        }

        @Override
        public List<byte[]> examples() {
            return List.of(
                    Packet.announce(HASH, 6881).bytes(1),
                    Packet.announce(HASH, 6881)
                            .left(0)
                            .event(1)
                            .url("/" + PASSKEY + "/announce")
                            .bytes(2),
                    Packet.announce(HASH, 0)
                            .event(3)
                            .raw(1, 1)
                            .url("/announce?passkey=" + PASSKEY + "&user_id=alice")
                            .raw(0)
                            .bytes(3),
                    ByteBuffer.allocate(56)
                            .putInt(8, 2)
                            .put(16, HASH.toArrayUnsafe())
                            .put(36, HASH.not().toArrayUnsafe())
                            .array());
        }
    },
    /** The text of a WebTorrent client's message. */
    WEBSOCKET_MESSAGE {
        @Override
        public void read(byte[] input) {
            try {
                switch (SIGNALS.read(new String(input, UTF_8))) {
                    case Signal.Announce announce -> {
                        var request = new AnnounceRequest();
                        request.clear();
                        request.read(announce);
                        require(announce.offers().size() <= 50);
                        check(request);
                    }
                    case Signal.Scrape scrape -> {
                        var request = new ScrapeRequest(MOST_HASHES);
                        scrape.infoHashes().forEach(request::take);
                        require(request.asAsked().size() <= MOST_HASHES);
                    }
                    case Signal.Answer answer ->
                        require(answer.description().type().equals("answer"));
                }
            } catch (MalformedSignal documented) {
                require(documented.getMessage() != null);
            }
        }

        @Override
        public List<byte[]> examples() {
            String hash = "aaaaaaaaaaaaaaaaaaaa";
            return List.of(
                    latin("""
                            {"action":"announce","info_hash":"%s","peer_id":"-WW0200-000000000001","uploaded":1,"downloaded":2,\
                            "left":null,"event":"started","numwant":2,"offers":[{"offer_id":"%s","offer":{"type":"offer",\
                            "sdp":"v=0"}}]}""".formatted(hash, hash)),
                    latin("""
                            {"action":"announce","info_hash":"%s","peer_id":"-WW0200-000000000001","to_peer_id":"%s",\
                            "offer_id":"%s","answer":{"type":"answer","sdp":"v=0"}}""".formatted(hash, hash, hash)),
                    latin("{\"action\":\"scrape\",\"info_hash\":[\"%s\",\"b\\u00ff\"]}".formatted(hash)));
        }
    };

    private static final int MOST_HASHES = 64;
    private static final Bytes HASH = Bytes.fromHexString("0x00ff25267f80414243e2980a0d2b3d3f5b5d5c22");
    private static final String PASSKEY = "abcdefghijklmnopqrstuvwxyz234567";
    private static final PeerAddress CLIENT = PeerAddress.of(InetAddress.ofLiteral("198.51.100.77"));
    private static final SignalReader SIGNALS = new SignalReader();
    private static final Exchange.Means MEANS = means();
    private static final DatagramExchange UDP = new DatagramExchange(MEANS);
    private static final HttpExchange HTTP = new HttpExchange(MEANS, new InstanceId(), 900);

    private static Exchange.Means means() {
        var keys = PasskeyKeys.read(Secret.of(FakeReputation.KEY));
        return new Exchange.Means(
                MOST_HASHES,
                50,
                new PasskeyHasher(() -> keys),
                PasskeyLimit.NONE,
                new SplittableRandom(1),
                null,
                new RequestCounts().of(RequestCounts.Protocol.HTTP));
    }

    private static void checkRead(Exchange exchange) {
        switch (exchange.read()) {
            case ANNOUNCE -> {
                AnnounceRequest request = exchange.readAnnounce();
                check(request);
                checkCaller(exchange);
            }
            case SCRAPE -> {
                require(exchange.readScrape().asAsked().size() <= MOST_HASHES);
                checkCaller(exchange);
            }
            case OTHER -> {
                // answered with 404, or not at all
            }
        }
    }

    private static void checkCaller(Exchange exchange) {
        Credentials caller = exchange.credentials();
        if (caller.isPasskey()) {
            exchange.hasher().hash(0, caller.bytes(), caller.from());
        }
        String user = caller.userId();
        require(user == null || (!user.isEmpty() && user.length() <= 64));
    }

    /** What the swarms, the ledger of claims and the answers rely on. */
    private static void check(AnnounceRequest request) {
        if (request.problem() == null) {
            boolean stops = request.event() == AnnounceRequest.Event.STOPPED;
            require(request.port() <= 65_535 && request.port() >= (stops ? 0 : 1));
            require(request.uploaded() >= 0 && request.downloaded() >= 0);
            require(request.wanted(50) >= 0 && request.wanted(50) <= 50);
            require(request.announcement().peerId().length == 20);
            require(request.announcement().swarm().bytes().length == SwarmKey.SIZE);
        }
    }

    private static byte[] latin(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("read into something that cannot be");
        }
    }
}
