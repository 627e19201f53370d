package io.pbts.announce.admission;

import io.pbts.announce.admission.Caller.Nobody;
import io.pbts.announce.admission.Caller.Standing;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHash;
import io.pbts.protocol.account.PasskeyHashKey;
import io.pbts.support.FactUnavailable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a caller is and whether it may download. What the feed told decides; somebody it did not tell of is asked for once. A
 * known account keeps its last standing while reputation-service is away.
 */
public final class Admission {
    private final StandingCache standings;
    private final Questions questions;
    private final ReputationClient reputation;
    private final AdmissionProperties properties;
    private final PasskeyHashKey passkeyKey;

    Admission(
            StandingCache standings, Questions questions, ReputationClient reputation, AdmissionProperties properties) {
        this.standings = standings;
        this.questions = questions;
        this.reputation = reputation;
        this.properties = properties;
        passkeyKey = PasskeyHashKey.fromHex(properties.passkeyKey());
    }

    /** A hasher for one event loop. */
    public PasskeyHasher newHasher() {
        return new PasskeyHasher(properties.passkeyKey());
    }

    /** Never blocks; {@link Nobody#UNASKED} when only {@link #ask(HashedPasskey, Runnable)} can tell. */
    public Caller byPasskey(HashedPasskey passkey) {
        Standing standing = standings.byPasskey(passkey);
        return standing == null ? questions.answered(passkey.hex()) : standing;
    }

    /** As {@link #byPasskey(HashedPasskey)}, for the {@code user_id} parameter of the original tracker. */
    public Caller byUser(String userId) {
        Standing standing = standings.byUser(userId);
        return standing == null ? questions.answered(userKey(userId)) : standing;
    }

    /** Asks reputation-service off this thread and then runs {@code afterwards} on another one, once in any case. */
    public void ask(HashedPasskey passkey, Runnable afterwards) {
        String hash = passkey.hex();
        questions.ask(hash, () -> reputation.byPasskey(hash), afterwards);
    }

    /** As {@link #ask(HashedPasskey, Runnable)}. */
    public void askUser(String userId, Runnable afterwards) {
        questions.ask(userKey(userId), () -> reputation.byUser(userId), afterwards);
    }

    /**
     * The account behind a passkey, asked for when need be.
     *
     * @throws FactUnavailable when nobody can tell now
     */
    public Optional<Standing> require(@Nullable String passkey) {
        Optional<PasskeyHash> hash =
                Optional.ofNullable(passkey).flatMap(Passkey::parse).map(form -> form.hash(passkeyKey));
        return hash.flatMap(known -> {
            Caller caller = byPasskey(HashedPasskey.of(known));
            if (caller == Nobody.UNASKED) {
                caller = questions.askNow(known.hex(), () -> reputation.byPasskey(known.hex()));
            }
            return standingOf(caller);
        });
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
