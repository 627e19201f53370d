package io.pbts.benchmarks.announce;

import io.pbts.benchmarks.network.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Announces over HTTP/1.1 (BEP 3, BEP 23), one in flight on each of 64 connections, kept alive or closed after each. */
final class HttpLoad implements Load {
    private static final int LANES = 64;
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final InetSocketAddress server;
    private final byte[][] requests;
    private final boolean keepAlive;

    HttpLoad(Contestant tracker, Population population, boolean keepAlive) {
        this.server = Loopback.tracker(tracker.httpPort());
        this.keepAlive = keepAlive;
        requests = new byte[population.size()][];
        for (int number = 0; number < requests.length; number++) {
            requests[number] = request(tracker, population, number, keepAlive);
        }
    }

    private static byte[] request(Contestant tracker, Population population, int number, boolean keepAlive) {
        var text = new StringBuilder("GET ").append(tracker.path(population.account(number)));
        text.append("?info_hash=");
        for (byte value : population.infoHash(number)) {
            text.append('%').append(HEX[(value & 0xff) >>> 4]).append(HEX[value & 0xf]);
        }
        text.append("&peer_id=").append(new String(Population.peerId(number), StandardCharsets.US_ASCII));
        text.append("&port=").append(population.port(number));
        text.append("&uploaded=0&downloaded=0&left=").append(population.left(number));
        text.append("&compact=1&numwant=").append(Population.WANTED);
        text.append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Transmission/4.0.6\r\nConnection: ");
        text.append(keepAlive ? "keep-alive" : "close").append("\r\n\r\n");
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public Outcome run(Pace pace, int peers) throws IOException {
        List<HttpLane> lanes = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int lane = 0; lane < LANES; lane++) {
                lanes.add(new HttpLane(selector, server, Population.address(lane), keepAlive));
            }
            return run(pace, peers, selector, lanes);
        } finally {
            for (HttpLane lane : lanes) {
                lane.close();
            }
        }
    }

    private Outcome run(Pace pace, int peers, Selector selector, List<HttpLane> lanes) throws IOException {
        int[] next = new int[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            next[lane] = lane;
        }
        var tally = new Tally();
        int busy = 0;
        int open = LANES;
        while (busy > 0 || (open > 0 && !pace.isOver(System.nanoTime()))) {
            for (int lane = 0; lane < LANES && pace.isDue(System.nanoTime()); lane++) {
                if (next[lane] >= 0 && lanes.get(lane).isIdle()) {
                    lanes.get(lane).send(requests[next[lane]], pace.take(System.nanoTime()));
                    next[lane] = pace.after(next[lane], LANES, requests.length);
                    open -= next[lane] < 0 ? 1 : 0;
                    busy++;
                }
            }
            selector.select(1);
            for (SelectionKey key : selector.selectedKeys()) {
                var lane = (HttpLane) key.attachment();
                if (lane.proceed()) {
                    lane.requirePeers(peers);
                    tally.answered(lane.due(), System.nanoTime());
                    busy--;
                }
            }
            selector.selectedKeys().clear();
        }
        return tally.end();
    }
}
