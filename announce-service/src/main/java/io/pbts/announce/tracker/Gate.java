package io.pbts.announce.tracker;

import io.pbts.announce.admission.Admission;
import io.pbts.announce.admission.Caller;
import io.pbts.announce.admission.Caller.Nobody;
import io.pbts.announce.admission.Caller.Standing;
import io.pbts.announce.admission.Openness;
import io.pbts.announce.passkey.PasskeyHasher;
import io.pbts.announce.rule.ClientRules;
import io.pbts.announce.swarm.SwarmKey;
import io.pbts.announce.torrent.RegisteredTorrents;
import io.pbts.announce.torrent.RegisteredTorrents.Listing;
import io.pbts.announce.wallet.BoundPeers;
import org.jspecify.annotations.Nullable;

/** Who asks, and whether about anything that he may ask about. */
record Gate(
        Admission admission, Openness openness, ClientRules rules, RegisteredTorrents registered, BoundPeers bound) {

    /** One for which nobody needs a passkey, of any client. */
    Gate open() {
        return new Gate(admission, Openness.LOCAL, ClientRules.NONE, registered, bound);
    }

    PasskeyHasher newHasher() {
        return admission.newHasher();
    }

    @Nullable
    Failure keyProblem(Credentials credentials) {
        if (!credentials.hasKey()) {
            return openness == Openness.PRIVATE ? Failure.PASSKEY_MISSING : null;
        }
        return credentials.isPasskey() ? null : Failure.UNKNOWN_PASSKEY;
    }

    Caller callerOf(Exchange exchange) {
        Credentials credentials = exchange.credentials();
        if (credentials.hasKey()) {
            return admission.byPasskey(exchange.hasher(), credentials.bytes(), credentials.from());
        }
        String userId = credentials.userId();
        if (userId == null) {
            return Nobody.ANONYMOUS;
        }
        Caller named = admission.byUser(userId);
        return named == Nobody.UNKNOWN ? Nobody.ANONYMOUS : named;
    }

    static @Nullable Failure problemOf(Caller caller) {
        return switch (caller) {
            case Standing _ -> null;
            case Nobody nobody ->
                switch (nobody) {
                    case ANONYMOUS -> null;
                    case UNKNOWN -> Failure.UNKNOWN_PASSKEY;
                    case UNAVAILABLE, UNASKED -> Failure.UNAVAILABLE;
                };
        };
    }

    /** Finds out who asks, off this thread, and has the request served again then. */
    void ask(Exchange exchange, Continuation continuation) {
        Credentials credentials = exchange.credentials();
        String userId = credentials.userId();
        if (credentials.hasKey()) {
            admission.ask(exchange.hasher(), credentials.bytes(), credentials.from(), () -> continuation.resume(null));
        } else if (userId != null) {
            admission.askUser(userId, () -> continuation.resume(null));
        }
    }

    /** What the registry has under the info hash, or null. */
    @Nullable
    Listing listing(AnnounceRequest request) {
        return registered.find(request.announcement().swarm());
    }

    /** Whether the registry has the torrent and does not want it served: then its swarm is nobody's business. */
    boolean hides(SwarmKey swarm) {
        return registered.refuses(swarm);
    }

    /** What is wrong with the client, or that nobody registered the torrent; null when neither is. */
    @Nullable
    Failure problemOf(AnnounceRequest request, @Nullable Listing listing) {
        return listing == null && openness == Openness.PRIVATE ? Failure.UNREGISTERED_TORRENT : ruleProblem(request);
    }

    /** That the peer id is firmly another account's; null when it is not. */
    @Nullable
    Failure bindingProblem(Exchange exchange, Caller caller) {
        return !bound.isEmpty()
                        && caller instanceof Standing standing
                        && bound.refuses(exchange.peerKey(), standing.accountId())
                ? Failure.PEER_ID_BOUND
                : null;
    }

    private @Nullable Failure ruleProblem(AnnounceRequest request) {
        if (!rules.admitsClient(request.announcement().peerId())) {
            return Failure.CLIENT_NOT_ALLOWED;
        }
        return rules.admitsPort(request.port()) ? null : Failure.PORT_NOT_ALLOWED;
    }
}
