package io.pbts.engine.receipt;

import io.pbts.engine.Block;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.torrent.TorrentId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each account has been sent and has not signed for, counted from bytes that left. Kept by account and not by
 * connection, so that calling again settles nothing. A small part of what was signed is forgiven: an honest receiver cannot
 * sign for pieces that it got from several peers.
 */
final class Debts {

    private static final int MAX_ACCOUNTS = 10_000;

    /** One byte in so many. */
    private static final int FORGIVEN = 64;

    private static final BitSet NONE = new BitSet();

    private static final class Account {
        private long sent;
        private long signed;
        private final Map<TorrentId, BitSet> begun = new HashMap<>();
        private final Map<TorrentId, BitSet> settled = new HashMap<>();
    }

    private final Map<AccountKey, Account> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<AccountKey, Account> eldest) {
            return size() > MAX_ACCOUNTS;
        }
    };

    /** A block of the piece is about to be sent. Its receipt may be back before {@link #sent} is told of the block. */
    synchronized void begun(AccountKey receiver, TorrentId torrent, int piece) {
        account(receiver).begun.computeIfAbsent(torrent, _ -> new BitSet()).set(piece);
    }

    synchronized void sent(AccountKey receiver, Block block) {
        account(receiver).sent += block.length();
    }

    private Account account(AccountKey receiver) {
        return accounts.computeIfAbsent(receiver, _ -> new Account());
    }

    /** Whether something of the piece has been sent to the account that has not signed for it yet. */
    synchronized boolean isOwed(AccountKey receiver, TorrentId torrent, int piece) {
        Account account = accounts.get(receiver);
        return account != null
                && account.begun.getOrDefault(torrent, NONE).get(piece)
                && !account.settled.getOrDefault(torrent, NONE).get(piece);
    }

    /** The account has signed for a piece; a second time changes nothing. Answers whether it was the first. */
    synchronized boolean signed(AccountKey receiver, TorrentId torrent, int piece, long length) {
        Account account = account(receiver);
        BitSet settled = account.settled.computeIfAbsent(torrent, _ -> new BitSet());
        if (settled.get(piece)) {
            return false;
        }
        settled.set(piece);
        account.signed += length;
        return true;
    }

    /** Bytes sent ahead of signatures. */
    synchronized long owed(AccountKey receiver) {
        Account account = accounts.get(receiver);
        return account == null ? 0 : account.sent - account.signed - account.signed / FORGIVEN;
    }
}
