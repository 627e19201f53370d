package io.pbts.announce.rejection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.PeerAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last announces of each account that were rejected, in memory, within bounds. Addresses are not kept. */
public final class Rejections {
    private static final int NAME = 8;

    private final RejectionProperties properties;
    private final Clock clock;
    private final Map<Long, Deque<Rejection>> byAccount;

    Rejections(RejectionProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        byAccount = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Deque<Rejection>> eldest) {
                return size() > properties.maxAccounts();
            }
        };
    }

    /**
     * Keeps one.
     *
     * @param port from 0 to 65535
     * @param reason as the client is told
     */
    public void keep(long account, Announcement announce, PeerAddress client, int port, String reason) {
        keep(
                account,
                new Rejection(
                        clock.instant(),
                        1,
                        announce.swarm().toString(),
                        reason,
                        client.size() == 4 ? "ipv4" : "ipv6",
                        port,
                        new String(announce.peerId(), 0, NAME, ISO_8859_1).replaceAll("[^!-~]", ".")));
    }

    private synchronized void keep(long account, Rejection rejection) {
        Deque<Rejection> before = byAccount.remove(account);
        Deque<Rejection> all = before == null ? new ArrayDeque<>() : before;
        Rejection last = all.peekFirst();
        if (last != null && last.isLike(rejection)) {
            all.removeFirst();
            all.addFirst(rejection.after(last));
        } else {
            all.addFirst(rejection);
        }
        if (all.size() > properties.perAccount()) {
            all.removeLast();
        }
        byAccount.put(account, all);
    }

    /** Those of one account that are not too old, the latest first. */
    synchronized List<Rejection> of(long account) {
        Instant oldest = clock.instant().minus(properties.keepFor());
        Deque<Rejection> all = byAccount.getOrDefault(account, new ArrayDeque<>());
        all.removeIf(rejection -> rejection.at().isBefore(oldest));
        return List.copyOf(all);
    }
}
