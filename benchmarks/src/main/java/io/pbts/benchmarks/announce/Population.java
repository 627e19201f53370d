package io.pbts.benchmarks.announce;

import io.pbts.benchmarks.signing.Torrent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who announces: so many peers in each of so many torrents, half of them seeders. Announce number k is that of peer
 * {@code k % peers} in torrent {@code k / peers}, and always comes from the same loopback address, so that an announce told again
 * is the same peer at every tracker.
 */
final class Population {
    /** Peers that every answer must hold. */
    static final int WANTED = 50;

    /** 127.0.0.1 and so on. */
    static final int ADDRESSES = 4;

    private static final int FIRST_PORT = 10_000;
    private static final byte[] PEER_ID = "-PB0100-000000000000".getBytes(StandardCharsets.US_ASCII);
    private static final long SOMETHING = 16_384;

    private final List<Torrent> torrents;
    private final byte[][] hashes;
    private final int peers;

    private Population(List<Torrent> torrents, int peers) {
        if (peers < 2 * WANTED + 2 || peers % (2 * ADDRESSES) != 0) {
            throw new IllegalArgumentException("a seeder must find %d leechers: %d peers".formatted(WANTED, peers));
        }
        this.torrents = List.copyOf(torrents);
        this.peers = peers;
        hashes = torrents.stream()
                .map(torrent -> torrent.infoHash().truncated().toArrayUnsafe())
                .toArray(byte[][]::new);
    }

    static Population of(int torrents, int peers) {
        return new Population(
                IntStream.range(0, torrents)
                        .mapToObj(number -> Torrent.of("announce-" + number, 1))
                        .toList(),
                peers);
    }

    /** The same torrents with other peers. */
    Population withPeers(int count) {
        return new Population(torrents, count);
    }

    List<Torrent> torrents() {
        return torrents;
    }

    /** Accounts that announce, each with one peer in each torrent. */
    int accounts() {
        return peers;
    }

    int size() {
        return torrents.size() * peers;
    }

    byte[] infoHash(int number) {
        return hashes[number / peers];
    }

    static byte[] peerId(int number) {
        byte[] id = PEER_ID.clone();
        int rest = number;
        for (int at = id.length - 1; rest > 0; at--) {
            id[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return id;
    }

    int account(int number) {
        return number % peers;
    }

    int port(int number) {
        return FIRST_PORT + number % peers;
    }

    /** Bytes that the peer still wants. */
    long left(int number) {
        return number % peers / ADDRESSES % 2 == 0 ? 0 : SOMETHING;
    }

    /** Last byte of the loopback address that announce number k comes from. */
    static int address(int number) {
        return 1 + number % ADDRESSES;
    }
}
