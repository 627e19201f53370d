package io.pbts.announce.signalling;

import java.util.List;
import java.util.Optional;

/**
 * A message of a WebTorrent client. Info hash and peer id are binary strings, a byte in each character, as the protocol has
 * them; what they should be is judged by the tracker.
 */
public sealed interface Signal {

    /**
     * "I am here, and these are my offers for whoever you choose."
     *
     * @param uploaded bytes so far, 0 when the client does not say
     * @param downloaded bytes so far, 0 when the client does not say
     * @param left bytes still missing, -1 when the client does not say
     * @param event as in BEP 3
     * @param wanted how many peers should get an offer, -1 when the client does not say
     */
    record Announce(
            String infoHash,
            String peerId,
            long uploaded,
            long downloaded,
            long left,
            String event,
            long wanted,
            List<Offer> offers)
            implements Signal {
        public Announce {
            offers = List.copyOf(offers);
        }
    }

    /** The answer to an offer that was passed on. */
    record Answer(String infoHash, String offerId, Description description) implements Signal {}

    /** Asks for the sizes of swarms. */
    record Scrape(List<String> infoHashes) implements Signal {
        public Scrape {
            infoHashes = List.copyOf(infoHashes);
        }
    }

    /**
     * What one of the others is to be offered.
     *
     * @param offerId by which the client knows an answer to it
     */
    record Offer(String offerId, Description description) {}

    /**
     * A session description (RFC 8829).
     *
     * @param type {@code offer} or {@code answer}
     */
    record Description(String type, String sdp) {}

    /** The bytes of a binary string when it has that many characters, all of them bytes. */
    static Optional<byte[]> bytes(String binary, int size) {
        if (binary.length() != size || binary.chars().anyMatch(symbol -> symbol > 0xff)) {
            return Optional.empty();
        }
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) binary.charAt(i);
        }
        return Optional.of(bytes);
    }
}
