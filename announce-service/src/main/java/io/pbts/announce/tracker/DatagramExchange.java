package io.pbts.announce.tracker;

import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.tracker.text.Target;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exchange over UDP (BEP 15) with a client whose connection id was found good. An announce may name the path and query of
 * its tracker's URL in options (BEP 41), and with it the passkey; a scrape has no room for that. The address inside a packet
 * is not looked at: a peer is where its packets come from.
 */
public final class DatagramExchange extends Exchange {
    /** The longest packet that is looked at. */
    public static final int MAX_PACKET = 2048;

    private static final int ACTION = 8;
    private static final int TRANSACTION = 12;
    private static final int BODY = 16;
    private static final int ANNOUNCE_SIZE = 98;
    private static final int END_OF_OPTIONS = 0;
    private static final int NOTHING = 1;
    private static final int URL_DATA = 2;

    private final byte[] url = new byte[MAX_PACKET];
    private final DatagramAnswers answers = new DatagramAnswers();
    private final byte[] bytes = new byte[MAX_PACKET];
    private final ByteBuffer packet = ByteBuffer.wrap(bytes);
    private @Nullable Waiting waiting;

    /** Somebody who keeps a request until it can be served. */
    @FunctionalInterface
    public interface Waiting {
        /** Keeps the packet that is being served now; resuming by the result, once and on whatever thread, serves it again. */
        Continuation keep();
    }

    DatagramExchange(Means means) {
        super(means);
    }

    /** Room for the next packet, to be filled from 0 up to its length, at most {@link #MAX_PACKET}. */
    public byte[] packet() {
        return bytes;
    }

    /**
     * The packet is complete.
     *
     * @param length its bytes, at least 16
     * @param whenUnknown keeps the packet when somebody has to be asked first; null when it may not wait
     */
    public void request(int length, PeerAddress client, @Nullable Waiting whenUnknown) {
        packet.limit(length);
        from(client);
        waiting = whenUnknown;
        answers.begin(packet.getInt(TRANSACTION), client.size());
    }

    /** The answer's bytes; only the first {@link #answerLength()} count, until the next request. */
    public byte[] answer() {
        return answers.bytes();
    }

    public int answerLength() {
        return answers.length();
    }

    @Override
    Target.Kind read() {
        return switch (packet.getInt(ACTION)) {
            case DatagramAnswers.ANNOUNCE -> packet.limit() >= ANNOUNCE_SIZE ? Target.Kind.ANNOUNCE : Target.Kind.OTHER;
            case DatagramAnswers.SCRAPE -> Target.Kind.SCRAPE;
            default -> Target.Kind.OTHER;
        };
    }

    @Override
    AnnounceRequest readAnnounce() {
        AnnounceRequest announce = announce();
        announce.clear();
        announce.read(bytes);
        readCaller(url, readUrl());
        return announce;
    }

    /** Puts together the URL data of all options; answers how much there is. */
    private int readUrl() {
        int length = 0;
        int at = ANNOUNCE_SIZE;
        while (at < packet.limit()) {
            int option = packet.get(at++) & 0xff;
            if (option == END_OF_OPTIONS) {
                return length;
            }
            if (option == NOTHING) {
                continue;
            }
            int size = at < packet.limit() ? packet.get(at++) & 0xff : 0;
            if (size > packet.limit() - at) {
                return length;
            }
            if (option == URL_DATA) {
                packet.get(at, url, length, size);
                length += size;
            }
            at += size;
        }
        return length;
    }

    @Override
    ScrapeRequest readScrape() {
        ScrapeRequest scrape = scrape();
        scrape.clear();
        readCaller(url, 0);
        scrape.read(bytes, BODY, packet.limit());
        return scrape;
    }

    /** As they were asked for: the answer has no names. */
    @Override
    List<byte[]> scraped() {
        return scrape().asAsked();
    }

    @Override
    Answers answers() {
        return answers;
    }

    @Override
    int mostPeers() {
        return answers.mostPeers();
    }

    @Override
    @Nullable
    Continuation continuation() {
        return waiting == null ? null : waiting.keep();
    }
}
