package io.pbts.announce.swarm.memory;

import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.KeyedHash;
import io.pbts.announce.swarm.Selection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The peers of one swarm and one address family: parallel arrays, seeders first, then leechers, records in wire order, so
 * that an answer is copied and never formatted. Order means nothing: a peer that leaves is replaced by the last of its kind.
 * Small runs are scanned; larger ones have a {@link PeerIndex}.
 */
final class PeerRun {
    private static final int INDEX_FROM = 24;
    private static final int ID = Announcement.PEER_ID_SIZE;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private final int width;
    private final KeyedHash function;
    private byte[] wire;
    private byte[] ids;
    private int[] expiry;
    private long @Nullable [] accounts;
    private @Nullable PeerIndex index;
    private int seeders;
    private int count;

    PeerRun(int width, KeyedHash function) {
        this.width = width;
        this.function = function;
        wire = new byte[width];
        ids = new byte[ID];
        expiry = new int[1];
    }

    int width() {
        return width;
    }

    int seeders() {
        return seeders;
    }

    int count() {
        return count;
    }

    boolean isSeeder(int position) {
        return position < seeders;
    }

    /** Position of the announcing peer, or -1. */
    int find(Announcement peer) {
        if (index != null) {
            return index.find(hash(peer.record(), 0, peer.account()), this, peer);
        }
        for (int position = 0; position < count; position++) {
            if (isPeer(position, peer)) {
                return position;
            }
        }
        return -1;
    }

    boolean isPeer(int position, Announcement peer) {
        return peerIsAt(position, peer) && account(position) == peer.account();
    }

    /** Adds a peer that is not there yet; answers its position. */
    int add(Announcement peer, int until) {
        if (count == expiry.length) {
            resize(count < 8 ? count * 2 : count + count / 4);
        }
        int position = count++;
        System.arraycopy(peer.record(), 0, wire, position * width, width);
        setAccount(position, peer.account());
        if (index != null) {
            index.put(hashAt(position), position, this);
        } else if (count > INDEX_FROM) {
            index = new PeerIndex(this);
        }
        return refresh(position, peer, until);
    }

    /** Takes over what the peer says about itself now; answers its new position. */
    int refresh(int position, Announcement peer, int until) {
        System.arraycopy(peer.peerId(), 0, ids, position * ID, ID);
        expiry[position] = until;
        if (peer.seeding() == isSeeder(position)) {
            return position;
        }
        int border = peer.seeding() ? seeders++ : --seeders;
        swap(position, border);
        return border;
    }

    void remove(int position) {
        int hole = position;
        if (index != null) {
            index.remove(hashAt(position), position, this);
        }
        if (hole < seeders) {
            seeders--;
            move(seeders, hole);
            hole = seeders;
        }
        count--;
        move(count, hole);
        if (expiry.length > 8 && count < expiry.length / 2) {
            resize(count + count / 4);
        }
    }

    /**
     * Removes those of {@code budget} peers before {@code end} whose time is over, from the back, so that nobody moved into a
     * gap is missed. Answers where to go on: 0 when the run is done.
     */
    int sweep(int now, int end, int budget) {
        int stop = Math.max(0, Math.min(end, count) - budget);
        for (int position = Math.min(end, count) - 1; position >= stop; position--) {
            if (expiry[position] - now < 0) {
                remove(position);
            }
        }
        return stop;
    }

    /**
     * How many may be shown: none of a family the asker has no use for, no seeders to a seeder, never the asker, which is at
     * this position of its own family's run.
     */
    int eligible(Announcement asker, int askersPosition) {
        if (!asker.takes(width)) {
            return 0;
        }
        int from = firstFor(asker);
        return count - from - (own(asker, askersPosition) >= from ? 1 : 0);
    }

    /** Shows one of those, unless it is the asker's own: the same account's, or at the asker's address and port. */
    void give(int drawn, Announcement asker, int askersPosition, Selection into) {
        int own = own(asker, askersPosition);
        int from = firstFor(asker);
        int position = from + drawn;
        if (own >= from && position >= own) {
            position++;
        }
        if (peerIsAt(position, asker) || isOfSameAccount(position, asker)) {
            return;
        }
        if (width == Announcement.IPV4_RECORD) {
            into.addIpv4(wire, position * width, ids, position * ID);
        } else {
            into.addIpv6(wire, position * width, ids, position * ID);
        }
    }

    /** The first position of that account's peers from there on, or -1. */
    int nextOf(long account, int from) {
        for (int position = from; accounts != null && position < count; position++) {
            if (accounts[position] == account) {
                return position;
            }
        }
        return -1;
    }

    boolean hasId(int position, byte[] peerIds, int id) {
        return Arrays.equals(ids, position * ID, (position + 1) * ID, peerIds, id, id + ID);
    }

    boolean hasSameId(int position, PeerRun other, int othersPosition) {
        return hasId(position, other.ids, othersPosition * ID);
    }

    private boolean isOfSameAccount(int position, Announcement asker) {
        return asker.account() != Announcement.NO_ACCOUNT && account(position) == asker.account();
    }

    private int firstFor(Announcement asker) {
        return asker.seeding() ? seeders : 0;
    }

    private int own(Announcement asker, int position) {
        return asker.width() == width ? position : -1;
    }

    private boolean peerIsAt(int position, Announcement peer) {
        return peer.isAt(wire, position * width, width);
    }

    long hashAt(int position) {
        return hash(wire, position * width, account(position));
    }

    private long hash(byte[] bytes, int offset, long account) {
        if (width == Announcement.IPV4_RECORD) {
            return function.of((int) INT.get(bytes, offset), (short) SHORT.get(bytes, offset + 4), account);
        }
        long port = (short) SHORT.get(bytes, offset + 16) & 0xFFFFL;
        return function.of((long) LONG.get(bytes, offset), (long) LONG.get(bytes, offset + 8), (account << 16) ^ port);
    }

    private long account(int position) {
        return accounts == null ? Announcement.NO_ACCOUNT : accounts[position];
    }

    private void setAccount(int position, long account) {
        if (accounts == null && account != Announcement.NO_ACCOUNT) {
            accounts = new long[expiry.length];
        }
        if (accounts != null) {
            accounts[position] = account;
        }
    }

    private void swap(int left, int right) {
        if (left == right) {
            return;
        }
        if (index != null) {
            index.swap(hashAt(left), left, hashAt(right), right);
        }
        swapBytes(wire, left * width, right * width, width);
        swapBytes(ids, left * ID, right * ID, ID);
        int until = expiry[left];
        expiry[left] = expiry[right];
        expiry[right] = until;
        long account = account(left);
        setAccount(left, account(right));
        setAccount(right, account);
    }

    private static void swapBytes(byte[] bytes, int left, int right, int length) {
        for (int i = 0; i < length; i++) {
            byte kept = bytes[left + i];
            bytes[left + i] = bytes[right + i];
            bytes[right + i] = kept;
        }
    }

    /** Fills a gap that the index no longer knows. */
    private void move(int from, int to) {
        if (from == to) {
            return;
        }
        if (index != null) {
            index.move(hashAt(from), from, to);
        }
        System.arraycopy(wire, from * width, wire, to * width, width);
        System.arraycopy(ids, from * ID, ids, to * ID, ID);
        expiry[to] = expiry[from];
        setAccount(to, account(from));
    }

    private void resize(int size) {
        wire = Arrays.copyOf(wire, size * width);
        ids = Arrays.copyOf(ids, size * ID);
        expiry = Arrays.copyOf(expiry, size);
        if (accounts != null) {
            accounts = Arrays.copyOf(accounts, size);
        }
    }
}
