package io.pbts.announce.tracker;

import io.pbts.announce.accounting.Accounting;
import io.pbts.announce.admission.Caller;
import io.pbts.announce.admission.Caller.Standing;
import io.pbts.announce.limit.PeerListBudget;
import io.pbts.announce.swarm.Announcement;
import io.pbts.announce.tracker.AnnounceRequest.Event;

/** What is kept of the announces of each account; of those without one there is nothing to keep. */
record Books(PeerListBudget budget, Accounting accounting) {

    /** Whether the account may have one more list of peers now. */
    boolean allowsPeers(AnnounceRequest request) {
        long account = request.announcement().account();
        return account == Announcement.NO_ACCOUNT || budget.allows(account, request.event() == Event.STARTED);
    }

    /** The swarms have seen the announce. */
    void enter(Exchange exchange, Caller caller) {
        if (caller instanceof Standing) {
            AnnounceRequest request = exchange.announce();
            Announcement announcement = request.announcement();
            accounting.take(announcement, request.uploaded(), request.downloaded(), exchange.claim());
            if (exchange.showsPeers()) {
                budget.spend(announcement.account(), announcement.seeding());
            }
        }
    }
}
