package io.pbts.announce.swarm.memory;

import io.pbts.announce.swarm.Announcement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the account of a peer that has just come is in its swarm already. Looked at for newcomers only: it takes a walk over
 * the swarm's accounts, 8 bytes each.
 */
final class Places {
    /** A client has an address of each family (BEP 7). */
    static final int RECORDS_PER_PLACE = 2;

    private record Place(PeerRun run, int position) {}

    private final Announcement peer;
    private final List<Place> records = new ArrayList<>();

    Places(@Nullable PeerRun ipv4, @Nullable PeerRun ipv6, Announcement peer) {
        this.peer = peer;
        addAll(ipv4);
        addAll(ipv6);
    }

    private void addAll(@Nullable PeerRun run) {
        if (run == null) {
            return;
        }
        for (int at = run.nextOf(peer.account(), 0); at >= 0; at = run.nextOf(peer.account(), at + 1)) {
            records.add(new Place(run, at));
        }
    }

    int records() {
        return records.size();
    }

    /** Whether the peer's client is here already, or fewer other clients than that. */
    boolean hasRoom(int most) {
        if (records.size() < most) {
            return true;
        }
        int others = 0;
        for (int i = 0; i < records.size(); i++) {
            Place record = records.get(i);
            if (record.run.hasId(record.position, peer.peerId(), 0)) {
                return true;
            }
            others += isFirstOfItsClient(i) ? 1 : 0;
        }
        return others < most;
    }

    private boolean isFirstOfItsClient(int index) {
        Place record = records.get(index);
        for (int i = 0; i < index; i++) {
            if (records.get(i).run.hasSameId(records.get(i).position, record.run, record.position)) {
                return false;
            }
        }
        return true;
    }

    /** Removes a record of the peer's client, which has one; the positions known here do not hold any more. */
    void leaveOne() {
        for (Place record : records) {
            if (record.run.hasId(record.position, peer.peerId(), 0)) {
                record.run.remove(record.position);
                break;
            }
        }
        records.clear();
    }
}
