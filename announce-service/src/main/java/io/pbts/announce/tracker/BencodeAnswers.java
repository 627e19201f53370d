package io.pbts.announce.tracker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.announce.admission.InstanceId;
import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.SwarmCounts;
import io.pbts.announce.tracker.text.BencodeOutput;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bencoded answers (BEP 3, 7, 23, 24, 48), keys in the order bencode wants them. */
final class BencodeAnswers implements Answers {
    private static final byte[] COMPLETE = ascii("d8:completei");
    private static final byte[] DOWNLOADED = ascii("10:downloadedi");
    private static final byte[] EXTERNAL_IP = ascii("11:external ip");
    private static final byte[] INCOMPLETE = ascii("10:incompletei");
    private static final byte[] INTERVAL = ascii("8:intervali");
    private static final byte[] MIN_INTERVAL = ascii("12:min intervali");
    private static final byte[] PEERS = ascii("5:peers");
    private static final byte[] PEERS6 = ascii("6:peers6");
    private static final byte[] TRACKER_ID = ascii("10:tracker id");
    private static final byte[] WARNING = ascii("15:warning message");
    private static final byte[] FAILURE = ascii("d14:failure reason");
    private static final byte[] FILES = ascii("d5:filesd");
    private static final byte[] IP = ascii("d2:ip");
    private static final byte[] PEER_ID = ascii("7:peer id");
    private static final byte[] PORT = ascii("4:porti");

    private final BencodeOutput out;
    private final InstanceId instance;
    private final int minIntervalSeconds;

    BencodeAnswers(BencodeOutput out, InstanceId instance, int minIntervalSeconds) {
        this.out = out;
        this.instance = instance;
        this.minIntervalSeconds = minIntervalSeconds;
    }

    @Override
    public void failure(String reason, int retrySeconds) {
        beginFailure(reason, retrySeconds);
        out.symbol('e');
    }

    @Override
    public void refusal(String reason, int retrySeconds) {
        beginFailure(reason, retrySeconds);
        out.raw(MIN_INTERVAL);
        out.integer(retrySeconds);
        out.symbol('e');
    }

    private void beginFailure(String reason, int retrySeconds) {
        out.clear();
        out.raw(FAILURE);
        out.string(reason);
        out.raw(INTERVAL);
        out.integer(retrySeconds);
    }

    @Override
    public void announce(
            AnnounceRequest request,
            Selection found,
            PeerAddress client,
            int intervalSeconds,
            @Nullable String warning) {
        out.clear();
        counts(COMPLETE, found.complete(), found.downloaded());
        out.raw(EXTERNAL_IP);
        address(client);
        out.raw(INCOMPLETE);
        out.integer(found.incomplete());
        out.raw(INTERVAL);
        out.integer(intervalSeconds);
        out.raw(MIN_INTERVAL);
        out.integer(minIntervalSeconds);
        out.raw(PEERS);
        if (request.compact()) {
            compactPeers(found);
        } else {
            listedPeers(found, request.withoutPeerIds());
        }
        if (instance.hex().isPresent()) {
            out.raw(TRACKER_ID);
            out.string(instance.hex().get());
        }
        if (warning != null) {
            out.raw(WARNING);
            out.string(warning);
        }
        out.symbol('e');
    }

    @Override
    public void beginScrape() {
        out.clear();
        out.raw(FILES);
    }

    @Override
    public void swarm(byte[] hash, SwarmCounts counts) {
        out.string(hash, 0, hash.length);
        counts(COMPLETE, counts.complete(), counts.downloaded());
        out.raw(INCOMPLETE);
        out.integer(counts.incomplete());
        out.symbol('e');
    }

    @Override
    public void endScrape() {
        out.symbol('e');
        out.symbol('e');
    }

    private void counts(byte[] begin, int complete, int downloaded) {
        out.raw(begin);
        out.integer(complete);
        out.raw(DOWNLOADED);
        out.integer(downloaded);
    }

    private void address(PeerAddress client) {
        out.stringHead(client.size());
        for (int i = 0; i < client.size(); i++) {
            out.symbol((char) (client.at(i) & 0xff));
        }
    }

    private void compactPeers(Selection found) {
        out.string(found.ipv4(), 0, found.ipv4Peers() * Announcement.IPV4_RECORD);
        if (found.ipv6Peers() > 0) {
            out.raw(PEERS6);
            out.string(found.ipv6(), 0, found.ipv6Peers() * Announcement.IPV6_RECORD);
        }
    }

    private void listedPeers(Selection found, boolean withoutIds) {
        out.symbol('l');
        for (int i = 0; i < found.ipv4Peers(); i++) {
            int id = withoutIds ? -1 : i * Announcement.PEER_ID_SIZE;
            listed(found, found.ipv4(), i * Announcement.IPV4_RECORD, 4, id);
        }
        for (int i = 0; i < found.ipv6Peers(); i++) {
            int id = withoutIds ? -1 : found.ipv6Ids() + i * Announcement.PEER_ID_SIZE;
            listed(found, found.ipv6(), i * Announcement.IPV6_RECORD, 16, id);
        }
        out.symbol('e');
    }

    private void listed(Selection found, byte[] records, int record, int size, int id) {
        out.raw(IP);
        out.string(text(records, record, size));
        if (id >= 0) {
            out.raw(PEER_ID);
            out.string(found.ids(), id, Announcement.PEER_ID_SIZE);
        }
        out.raw(PORT);
        out.integer(((records[record + size] & 0xff) << 8) | (records[record + size + 1] & 0xff));
        out.symbol('e');
    }

    /** Strings are made here and only here: hardly a client asks for the form that BEP 23 replaced in 2008. */
    private static String text(byte[] records, int record, int size) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(records, record, record + size))
                    .getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
