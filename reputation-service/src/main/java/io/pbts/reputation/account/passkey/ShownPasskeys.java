package io.pbts.reputation.account.passkey;

import io.pbts.protocol.account.Passkey;
import io.pbts.reputation.standing.Standings;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Passkeys that callers show where any member may ask. */
@Component
public class ShownPasskeys {
    public static final String HEADER = "X-PBTS-Passkey";

    private final NewPasskeys passkeys;
    private final Standings standings;

    ShownPasskeys(NewPasskeys passkeys, Standings standings) {
        this.passkeys = passkeys;
        this.standings = standings;
    }

    /** Whom the rule let in by a passkey: it must be somebody's. */
    public void requireKnown(Caller caller, @Nullable String passkey) {
        if (passkey == null || passkey.isBlank() || caller instanceof Caller.Account) {
            return;
        }
        boolean known = Passkey.parse(passkey).stream()
                .flatMap(shown -> passkeys.candidates(shown).stream())
                .anyMatch(hash -> standings.ofPasskey(hash).isPresent());
        if (!known) {
            throw new Refusal(401, "unknown-passkey", "The passkey in " + HEADER + " is not known");
        }
    }
}
