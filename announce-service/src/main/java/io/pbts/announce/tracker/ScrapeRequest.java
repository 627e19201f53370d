package io.pbts.announce.tracker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.announce.signalling.Signal;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.tracker.text.QueryCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The torrents a scrape asks for (BEP 48), bounded; those beyond the bound are left out, as the BEP allows. */
final class ScrapeRequest {
    private static final byte[] INFO_HASH = "info_hash".getBytes(US_ASCII);
    private static final int V2_SIZE = 32;

    private final int most;
    private final byte[] decoded = new byte[V2_SIZE];
    private final List<byte[]> hashes = new ArrayList<>();
    private boolean valid = true;

    ScrapeRequest(int most) {
        this.most = most;
    }

    /** Forgets the request before. */
    void clear() {
        hashes.clear();
        valid = true;
    }

    void take(QueryCursor query) {
        if (!query.isNamed(INFO_HASH) || hashes.size() >= most) {
            return;
        }
        int size = query.decode(decoded);
        if (size != SwarmKey.SIZE && size != V2_SIZE) {
            valid = false;
            return;
        }
        hashes.add(Arrays.copyOf(decoded, size));
    }

    /** Takes the hashes of BEP 15, which lie there one after the other; a rest too short for one is ignored. */
    void read(byte[] packet, int from, int to) {
        for (int at = from; to - at >= SwarmKey.SIZE && hashes.size() < most; at += SwarmKey.SIZE) {
            hashes.add(Arrays.copyOfRange(packet, at, at + SwarmKey.SIZE));
        }
    }

    /** Takes a hash that came as a binary string. */
    void take(String binary) {
        Signal.bytes(binary, SwarmKey.SIZE)
                .ifPresentOrElse(
                        hash -> {
                            if (hashes.size() < most) {
                                hashes.add(hash);
                            }
                        },
                        () -> valid = false);
    }

    /** Whether every hash had 20 or 32 bytes. */
    boolean isValid() {
        return valid;
    }

    boolean isEmpty() {
        return hashes.isEmpty();
    }

    /** As they were asked for. */
    List<byte[]> asAsked() {
        return hashes;
    }

    /** In the order of a bencoded dictionary, each once. */
    List<byte[]> sorted() {
        hashes.sort(Arrays::compareUnsigned);
        for (int i = hashes.size() - 1; i > 0; i--) {
            if (Arrays.equals(hashes.get(i), hashes.get(i - 1))) {
                hashes.remove(i);
            }
        }
        return hashes;
    }
}
