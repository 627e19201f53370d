package io.pbts.announce.admission;

import io.pbts.announce.admission.Caller.Nobody;
import io.pbts.announce.admission.Caller.Standing;
import io.pbts.announce.passkey.HashedPasskey;
import io.pbts.announce.passkey.PasskeyHasher;
import io.pbts.announce.passkey.PasskeyKeys;
import io.pbts.protocol.account.Passkey;
import io.pbts.support.FactUnavailable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who a caller is and whether it may download. What the feed told decides; somebody it did not tell of is asked for once. A
 * known account keeps its last standing while reputation-service is away, but no passkey longer than it was given for.
 */
public final class Admission {
    private final StandingCache standings;
    private final Questions questions;
    private final ReputationClient reputation;
    private final Supplier<PasskeyKeys> keys;
    private final Clock clock;

    Admission(
            StandingCache standings,
            Questions questions,
            ReputationClient reputation,
            Supplier<PasskeyKeys> keys,
            Clock clock) {
        this.standings = standings;
        this.questions = questions;
        this.reputation = reputation;
        this.keys = keys;
        this.clock = clock;
    }

    /** A hasher for one event loop. */
    public PasskeyHasher newHasher() {
        return new PasskeyHasher(keys);
    }

    /**
     * The account behind the passkey that starts here. Never blocks; {@link Nobody#UNASKED} when only
     * {@link #ask(PasskeyHasher, byte[], int, Runnable)} can tell.
     */
    public Caller byPasskey(PasskeyHasher hasher, byte[] bytes, int from) {
        int candidates = hasher.candidates();
        HashedPasskey passkey = hasher.hash(0, bytes, from);
        Standing standing = standings.byPasskey(passkey);
        for (int i = 1; i < candidates && standing == null; i++) {
            passkey = hasher.hash(i, bytes, from);
            standing = standings.byPasskey(passkey);
        }
        if (standing == null) {
            return answered(candidates == 1 ? List.of(passkey.copy()) : candidatesOf(hasher, bytes, from));
        }
        return standing.hasExpired(passkey, clock) ? Nobody.UNKNOWN : standing;
    }

    /** As by passkey, for the {@code user_id} parameter of the original tracker. */
    public Caller byUser(String userId) {
        Standing standing = standings.byUser(userId);
        return standing == null ? questions.answered(userKey(userId)) : standing;
    }

    /** Asks reputation-service off this thread and then runs {@code afterwards} on another one, once in any case. */
    public void ask(PasskeyHasher hasher, byte[] bytes, int from, Runnable afterwards) {
        List<HashedPasskey> candidates = candidatesOf(hasher, bytes, from);
        questions.ask(keyOf(candidates), candidates.size(), i -> reputationOn(candidates, i), afterwards);
    }

    /** As {@link #ask}. */
    public void askUser(String userId, Runnable afterwards) {
        questions.ask(userKey(userId), 1, _ -> reputation.byUser(userId), afterwards);
    }

    /**
     * The account behind a passkey, asked for when need be.
     *
     * @throws FactUnavailable when nobody can tell now
     */
    public Optional<Standing> require(@Nullable String passkey) {
        return Optional.ofNullable(passkey)
                .flatMap(Passkey::parse)
                .flatMap(form -> require(keys.get().candidates(form)));
    }

    private Optional<Standing> require(List<HashedPasskey> candidates) {
        for (HashedPasskey candidate : candidates) {
            Standing standing = standings.byPasskey(candidate);
            if (standing != null) {
                return Optional.of(standing).filter(known -> !known.hasExpired(candidate, clock));
            }
        }
        Caller caller = answered(candidates);
        if (caller == Nobody.UNASKED) {
            questions.askNow(keyOf(candidates), candidates.size(), i -> reputationOn(candidates, i));
            caller = answered(candidates);
        }
        return standingOf(caller);
    }

    private ReputationClient.StandingFact reputationOn(List<HashedPasskey> candidates, int candidate) {
        return reputation.byPasskey(candidates.get(candidate).hex());
    }

    private Caller answered(List<HashedPasskey> candidates) {
        Caller caller = questions.answered(keyOf(candidates));
        return caller instanceof Standing standing
                        && candidates.stream().anyMatch(candidate -> standing.hasExpired(candidate, clock))
                ? Nobody.UNKNOWN
                : caller;
    }

    private static List<HashedPasskey> candidatesOf(PasskeyHasher hasher, byte[] bytes, int from) {
        List<HashedPasskey> candidates = new ArrayList<>();
        int count = hasher.candidates();
        for (int i = 0; i < count; i++) {
            candidates.add(hasher.hash(i, bytes, from).copy());
        }
        return candidates;
    }

    /** One question for all candidates, remembered under the newest key's. */
    private static String keyOf(List<HashedPasskey> candidates) {
        return candidates.getFirst().hex();
    }

    private static Optional<Standing> standingOf(Caller caller) {
        return switch (caller) {
            case Standing standing -> Optional.of(standing);
            case Nobody nobody
            when nobody == Nobody.UNAVAILABLE -> throw new FactUnavailable("reputation-service", null);
            case Nobody _ -> Optional.empty();
        };
    }

    private static String userKey(String userId) {
        return "user " + userId;
    }
}
