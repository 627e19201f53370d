package io.pbts.engine.tracker;

import io.pbts.protocol.torrent.PeerId;
import org.apache.tuweni.bytes.Bytes;

/**
 * What a tracker is told (BEP 3).
 *
 * @param infoHash 20 bytes
 * @param uploaded bytes since the start
 * @param downloaded bytes of pieces with the right hash, since the start
 * @param left bytes still missing
 * @param wanted how many peers to answer with
 */
public record AnnounceRequest(
        Bytes infoHash, PeerId self, int port, long uploaded, long downloaded, long left, Event event, int wanted) {

    /** Why it is told now. The number is the one of BEP 15. */
    public enum Event {
        NONE(0, ""),
        COMPLETED(1, "completed"),
        STARTED(2, "started"),
        STOPPED(3, "stopped");

        private final int number;
        private final String word;

        Event(int number, String word) {
            this.number = number;
            this.word = word;
        }

        int number() {
            return number;
        }

        String word() {
            return word;
        }
    }

    /** A number that names us to the tracker when our address changes: part of the peer id will do. */
    int key() {
        return self.bytes().getInt(PeerId.SIZE - 4);
    }
}
