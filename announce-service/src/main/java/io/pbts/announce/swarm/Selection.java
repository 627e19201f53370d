package io.pbts.announce.swarm;

import java.util.SplittableRandom;

/** What an announce gets to see: counts, and peers as they go over the wire. Reused by every announce of an event loop. */
public final class Selection {
    private final Sampler sampler;
    private final byte[] ipv4;
    private final byte[] ipv6;
    private final byte[] ids;
    private int ipv4Peers;
    private int ipv6Peers;
    private int complete;
    private int incomplete;
    private int downloaded;

    /** @param capacity the most peers of any answer */
    public Selection(int capacity, SplittableRandom random) {
        sampler = new Sampler(capacity, random);
        ipv4 = new byte[capacity * Announcement.IPV4_RECORD];
        ipv6 = new byte[capacity * Announcement.IPV6_RECORD];
        ids = new byte[2 * capacity * Announcement.PEER_ID_SIZE];
    }

    /** Seeders of the whole swarm. */
    public int complete() {
        return complete;
    }

    /** Leechers of the whole swarm. */
    public int incomplete() {
        return incomplete;
    }

    /** How often the torrent was finished. */
    public int downloaded() {
        return downloaded;
    }

    public int ipv4Peers() {
        return ipv4Peers;
    }

    public int ipv6Peers() {
        return ipv6Peers;
    }

    /** IPv4 peers, 6 bytes each (BEP 23). Only the first {@link #ipv4Peers()} records count. */
    public byte[] ipv4() {
        return ipv4;
    }

    /** IPv6 peers, 18 bytes each (BEP 7). Only the first {@link #ipv6Peers()} records count. */
    public byte[] ipv6() {
        return ipv6;
    }

    /** Peer ids, 20 bytes each: those of the IPv4 peers, and from {@link #ipv6Ids()} on those of the IPv6 peers. */
    public byte[] ids() {
        return ids;
    }

    /** Offset of the first IPv6 peer's id. */
    public int ipv6Ids() {
        return ids.length / 2;
    }

    /** Chance, as this selection's thread has it. */
    public Sampler sampler() {
        return sampler;
    }

    /** The most peers that fit. */
    public int capacity() {
        return ipv4.length / Announcement.IPV4_RECORD;
    }

    public void clear() {
        counts(0, 0, 0);
    }

    /** Begins a selection: counts, and no peers yet. */
    public void counts(int seeders, int leechers, int finished) {
        ipv4Peers = 0;
        ipv6Peers = 0;
        complete = seeders;
        incomplete = leechers;
        downloaded = finished;
    }

    /** Adds the IPv4 peer whose record and peer id lie at these offsets. */
    public void addIpv4(byte[] records, int record, byte[] peerIds, int id) {
        System.arraycopy(records, record, ipv4, ipv4Peers * Announcement.IPV4_RECORD, Announcement.IPV4_RECORD);
        System.arraycopy(peerIds, id, ids, ipv4Peers * Announcement.PEER_ID_SIZE, Announcement.PEER_ID_SIZE);
        ipv4Peers++;
    }

    /** Adds the IPv6 peer whose record and peer id lie at these offsets. */
    public void addIpv6(byte[] records, int record, byte[] peerIds, int id) {
        int slot = ipv6Ids() + ipv6Peers * Announcement.PEER_ID_SIZE;
        System.arraycopy(records, record, ipv6, ipv6Peers * Announcement.IPV6_RECORD, Announcement.IPV6_RECORD);
        System.arraycopy(peerIds, id, ids, slot, Announcement.PEER_ID_SIZE);
        ipv6Peers++;
    }
}
