package io.pbts.announce.swarm;

import java.util.Arrays;

/**
 * One announce, as a store of swarms needs it. Filled anew for every request of an event loop, so that an announce
 * allocates nothing. A peer is an account, an address and a port: nobody can touch another account's peer.
 */
public final class Announcement {
    /** The account of announces that name none. */
    public static final long NO_ACCOUNT = 0;

    public static final int PEER_ID_SIZE = 20;
    /** Bytes of an address and port as BEP 23 has them. */
    public static final int IPV4_RECORD = 6;
    /** Bytes of an address and port as BEP 7 has them. */
    public static final int IPV6_RECORD = 18;

    private final SwarmKey swarm = new SwarmKey();
    private final byte[] record = new byte[IPV6_RECORD];
    private final byte[] peerId = new byte[PEER_ID_SIZE];
    private int width = IPV4_RECORD;
    private long account;
    private boolean seeder;
    private Change change = Change.NONE;
    private int wanted;
    private boolean oneFamily;

    /** The swarm, to be overwritten by the parser. */
    public SwarmKey swarm() {
        return swarm;
    }

    public void peerIdFrom(byte[] bytes, int offset) {
        System.arraycopy(bytes, offset, peerId, 0, PEER_ID_SIZE);
    }

    /** Port from 0 to 65535. */
    public void at(PeerAddress address, int port) {
        int size = address.size();
        address.copyTo(record, 0);
        record[size] = (byte) (port >>> 8);
        record[size + 1] = (byte) port;
        width = size + 2;
    }

    public void by(long accountId) {
        account = accountId;
    }

    public void seeding(boolean nothingLeft) {
        seeder = nothingLeft;
    }

    public void change(Change made) {
        change = made;
    }

    /** How many peers the answer may hold, 0 for none. */
    public void wanted(int peers) {
        wanted = peers;
    }

    /** Peers of both address families are of use to the one that asks. */
    public void ofBothFamilies() {
        oneFamily = false;
    }

    /** Only peers of its own address family: BEP 15 has no room for others. */
    public void ofOneFamily() {
        oneFamily = true;
    }

    public boolean isOfOneFamily() {
        return oneFamily;
    }

    /** Whether peers whose records have that many bytes may be in the answer. */
    public boolean takes(int recordWidth) {
        return !oneFamily || width == recordWidth;
    }

    public Change change() {
        return change;
    }

    /** Whether the peer has everything; seeders are of no use to it. */
    public boolean seeding() {
        return seeder;
    }

    /** How many peers the answer may hold. */
    public int wanted() {
        return wanted;
    }

    /** Bytes of the record, {@link #IPV4_RECORD} or {@link #IPV6_RECORD}. */
    public int width() {
        return width;
    }

    /** Address and port in wire order; the first {@link #width()} bytes count. Not to be changed. */
    public byte[] record() {
        return record;
    }

    /** The peer id's 20 bytes. Not to be changed. */
    public byte[] peerId() {
        return peerId;
    }

    public long account() {
        return account;
    }

    /** Whether the record at this offset is the peer's own address and port. */
    public boolean isAt(byte[] wire, int offset, int recordWidth) {
        return width == recordWidth && Arrays.equals(wire, offset, offset + width, record, 0, width);
    }
}
