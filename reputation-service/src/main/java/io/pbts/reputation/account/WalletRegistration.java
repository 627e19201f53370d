package io.pbts.reputation.account;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.PersonalMessage;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.hash.Hex;
import io.pbts.reputation.account.Registration.Registered;
import io.pbts.reputation.signin.Intent;
import io.pbts.reputation.signin.KeyProofs;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Opens an account for a wallet that signed for it: an EIP-4361 message with a challenge of ours. The variant's own free text
 * can be replayed by whoever saw it once, so it counts in profile {@code local} for callers on the machine itself alone.
 */
@Component
class WalletRegistration {
    private static final String FREE_TEXT = "Register PBTS account: ";

    private final Registration registration;
    private final KeyProofs proofs;
    private final ProofRule rule;

    WalletRegistration(Registration registration, KeyProofs proofs, ProofRule rule) {
        this.registration = registration;
        this.proofs = proofs;
        this.rule = rule;
    }

    Registered register(WalletForm form, Caller caller) {
        if (form.message().startsWith(FREE_TEXT) && !rule.demandsProofsFrom(caller)) {
            requireFreeText(form);
        } else {
            requireChallenge(form);
        }
        try {
            return registration.register(form.wallet());
        } catch (Refusal refused) {
            throw refused.status() == 409
                    ? new Refusal(409, refused.code(), "User already registered", refused)
                    : refused;
        }
    }

    private void requireChallenge(WalletForm form) {
        if (!proofs.wallet(Intent.REGISTER, form.message(), form.signature()).equals(form.wallet())) {
            throw invalidSignature();
        }
    }

    private static void requireFreeText(WalletForm form) {
        String named = form.message().substring(FREE_TEXT.length()).toLowerCase(Locale.ROOT);
        boolean same = named.equals(form.wallet().checksummed().toLowerCase(Locale.ROOT));
        if (!same || !isSignedBy(form.wallet(), form)) {
            throw invalidSignature();
        }
    }

    private static boolean isSignedBy(EthereumAddress wallet, WalletForm form) {
        String digits = form.signature().startsWith("0x") ? form.signature().substring(2) : form.signature();
        try {
            var signature = Hex.decode(digits, Secp256k1.SIGNATURE_SIZE);
            return Secp256k1.recover(PersonalMessage.of(form.message()), signature)
                            instanceof Recovery.Signer(var signer)
                    && signer.equals(wallet);
        } catch (IllegalArgumentException notHex) {
            return false;
        }
    }

    private static Refusal invalidSignature() {
        return new Refusal(401, "invalid-signature", "Invalid signature");
    }
}
