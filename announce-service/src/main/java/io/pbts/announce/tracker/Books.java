package io.pbts.announce.tracker;

import io.pbts.announce.accounting.Accounting;
import io.pbts.announce.admission.Caller;
import io.pbts.announce.admission.Caller.Standing;
import io.pbts.announce.limit.PeerListBudget;
import io.pbts.announce.rejection.Rejections;
import io.pbts.announce.suspicion.Suspicions;
import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.tracker.AnnounceRequest.Event;

/** What is kept of the announces of each account; of those without one there is nothing to keep but that they were. */
record Books(
        PeerListBudget budget,
        Accounting accounting,
        Suspicions suspicions,
        Rejections rejections,
        RequestCounts counts) {

    /** The same with counters that nobody reads. */
    Books uncounted() {
        return new Books(budget, accounting, suspicions, rejections, new RequestCounts());
    }

    /** Whether the account may have one more list of peers now. */
    boolean allowsPeers(AnnounceRequest request) {
        long account = request.announcement().account();
        return account == Announcement.NO_ACCOUNT || budget.allows(account, request.event() == Event.STARTED);
    }

    /** The swarms have seen the announce. */
    void enter(Exchange exchange, Caller caller) {
        PeerAddress client = exchange.client();
        if (caller instanceof Standing standing && client != null) {
            AnnounceRequest request = exchange.announce();
            Announcement announcement = request.announcement();
            accounting.take(announcement, request.uploaded(), request.downloaded(), exchange.claim());
            suspicions.look(
                    standing,
                    announcement,
                    client,
                    request.uploaded(),
                    request.downloaded(),
                    exchange.claim(),
                    exchange.selection());
            if (exchange.showsPeers()) {
                budget.spend(announcement.account(), announcement.seeding());
            }
        }
    }

    /** The announce is rejected in these words. */
    void reject(Exchange exchange, Caller caller, String reason) {
        PeerAddress client = exchange.client();
        if (caller instanceof Standing standing && client != null) {
            AnnounceRequest request = exchange.announce();
            rejections.keep(standing.accountId(), request.announcement(), client, request.port(), reason);
        }
    }
}
