package io.pbts.announce.wallet;

import io.pbts.announce.admission.Openness;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.torrent.RegisteredTorrents;
import io.pbts.announce.torrent.RegisteredTorrents.Listing;
import io.pbts.announce.wallet.WalletActs.Signed;
import io.pbts.announce.wallet.WalletClient.WalletFact;
import io.pbts.announce.wallet.WalletSwarms.WalletPeer;
import io.pbts.protocol.signin.WalletAct;
import io.pbts.protocol.signin.WalletAct.Event;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import java.util.List;

/**
 * Announces of wallets. The gate is the tracker's: a wallet whose ratio is too low gets no peers and is in no swarm, unless it
 * has everything, so that it can earn.
 */
class WalletAnnounces {
    private final WalletActs acts;
    private final WalletSwarms swarms;
    private final RegisteredTorrents registered;
    private final Openness openness;

    WalletAnnounces(WalletActs acts, WalletSwarms swarms, RegisteredTorrents registered, Openness openness) {
        this.acts = acts;
        this.swarms = swarms;
        this.registered = registered;
        this.openness = openness;
    }

    /** What came of an announce: how the wallet stands, and whom it may meet. */
    record Outcome(Signed signed, List<WalletPeer> peers) {
        Outcome {
            peers = List.copyOf(peers);
        }
    }

    Outcome announce(WalletAct.Announce act, WalletSignature signature, Caller caller) {
        SwarmKey swarm = SwarmKey.of(act.infoHash());
        requireServed(act.infoHash(), swarm);
        Signed signed = acts.require(act, signature, caller);
        WalletFact wallet = signed.wallet();
        boolean stays = act.event() == Event.COMPLETED || (act.event() == Event.STARTED && wallet.allowed());
        if (stays) {
            swarms.enter(swarm, signature.wallet(), wallet.accountId());
        } else {
            swarms.leave(swarm, signature.wallet());
        }
        boolean needsPeers = wallet.allowed() && stays;
        return new Outcome(signed, needsPeers ? swarms.others(swarm, wallet.accountId()) : List.of());
    }

    /** Before the challenge is used up. */
    private void requireServed(InfoHash infoHash, SwarmKey swarm) {
        Listing listing = registered.find(swarm);
        if (listing == null && openness == Openness.PRIVATE) {
            throw new Refusal(404, "unknown-torrent", "Unregistered torrent: " + infoHash.hex());
        }
        String refusal = listing == null ? null : listing.refusal();
        if (refusal != null) {
            throw new Refusal(403, "torrent-not-served", refusal);
        }
    }
}
