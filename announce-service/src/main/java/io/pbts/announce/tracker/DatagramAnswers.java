package io.pbts.announce.tracker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.SwarmCounts;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers of BEP 15, all of which begin with an action and the transaction id of the request. Peers have the address family
 * of the packet they go to. There is no way to say a warning, nor when to ask again after a failure.
 */
final class DatagramAnswers implements Answers {
    static final int ANNOUNCE = 1;
    static final int SCRAPE = 2;

    private static final int ERROR = 3;
    private static final int IPV4_SIZE = 4;

    /** Peers that fit a packet which crosses any IPv6 network whole (1,280 bytes, RFC 8200 5), or an Ethernet with IPv4. */
    private static final int MOST_IPV6 = 66;

    private static final int MOST_IPV4 = 200;
    private static final int LARGEST = 1_400;

    private final ByteBuffer out = ByteBuffer.allocate(LARGEST);
    private int transaction;
    private boolean ipv4;

    /** What all answers to the next request have in common. */
    void begin(int transactionId, int addressSize) {
        transaction = transactionId;
        ipv4 = addressSize == IPV4_SIZE;
        out.clear();
    }

    byte[] bytes() {
        return out.array();
    }

    int length() {
        return out.position();
    }

    int mostPeers() {
        return ipv4 ? MOST_IPV4 : MOST_IPV6;
    }

    @Override
    public void announce(
            AnnounceRequest request,
            Selection found,
            PeerAddress client,
            int intervalSeconds,
            @Nullable String warning) {
        head(ANNOUNCE);
        out.putInt(intervalSeconds).putInt(found.incomplete()).putInt(found.complete());
        if (ipv4) {
            out.put(found.ipv4(), 0, found.ipv4Peers() * Announcement.IPV4_RECORD);
        } else {
            out.put(found.ipv6(), 0, found.ipv6Peers() * Announcement.IPV6_RECORD);
        }
    }

    @Override
    public void failure(String reason, int retrySeconds) {
        head(ERROR);
        out.put(reason.getBytes(US_ASCII));
    }

    @Override
    public void refusal(String reason, int retrySeconds) {
        failure(reason, retrySeconds);
    }

    @Override
    public void beginScrape() {
        head(SCRAPE);
    }

    @Override
    public void swarm(byte[] hash, SwarmCounts counts) {
        out.putInt(counts.complete()).putInt(counts.downloaded()).putInt(counts.incomplete());
    }

    @Override
    public void endScrape() {
        // the packet's length says how many there are
    }

    private void head(int action) {
        out.clear().putInt(action).putInt(transaction);
    }
}
