package io.pbts.benchmarks.receipts;

import io.pbts.benchmarks.signing.Torrent;
import io.pbts.benchmarks.suite.Member;
import io.pbts.benchmarks.suite.Tracker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Who sends, who receives, and what: of one scenario alone, so that its totals are its receipts. */
record Community(List<Member> senders, List<Member> receivers, List<Torrent> torrents) {
    static final int SENDERS = 4;

    /** A multiple of what any report needs of one torrent, and a size that is quickly registered: 512 MiB. */
    static final int PIECES = 32_768;

    Community {
        senders = List.copyOf(senders);
        receivers = List.copyOf(receivers);
        torrents = List.copyOf(torrents);
    }

    /** @param pieces that each receiver gets */
    static Community register(Tracker tracker, Scenario scenario, int pieces) throws IOException, InterruptedException {
        List<Member> senders = members(tracker, scenario.row() + ".sender", SENDERS);
        List<Member> receivers = members(tracker, scenario.row() + ".receiver", scenario.receivers());
        List<Torrent> torrents = new ArrayList<>();
        for (int i = 0; i < Math.ceilDiv(pieces, PIECES); i++) {
            var torrent = Torrent.of("%s-%d".formatted(scenario.row(), i), PIECES);
            senders.getFirst().upload(tracker, torrent);
            torrents.add(torrent);
        }
        return new Community(senders, receivers, torrents);
    }

    private static List<Member> members(Tracker tracker, String prefix, int count)
            throws IOException, InterruptedException {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(Member.register(tracker, prefix + "-" + i));
        }
        return members;
    }

    /** Fails unless exactly these receipts moved exactly their bytes. */
    String requireMoved(Tracker tracker, long receipts) throws IOException, InterruptedException {
        long expected = Math.multiplyExact(receipts, Torrent.PIECE_LENGTH);
        long up = 0;
        for (Member sender : senders) {
            up += sender.account(tracker).path("total_uploaded").asLong();
        }
        long down = 0;
        for (Member receiver : receivers) {
            down += receiver.account(tracker).path("total_downloaded").asLong();
        }
        if (up != expected || down != expected) {
            throw new IllegalStateException("%d receipts are worth %d bytes, but %d were credited and %d debited"
                    .formatted(receipts, expected, up, down));
        }
        return "%d receipts answered `credited`; the totals of their senders (%d) and receivers (%d) are their %d bytes"
                .formatted(receipts, senders.size(), receivers.size(), expected);
    }
}
