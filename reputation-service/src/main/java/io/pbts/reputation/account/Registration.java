package io.pbts.reputation.account;

import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.PasskeyHashKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.RegistrationMessage;
import io.pbts.reputation.instance.Instance;
import io.pbts.support.Refusal;
import java.security.SecureRandom;
import org.springframework.stereotype.Component;

/** Lets a key take a name: what is signed is verified, then the account is opened and gets its passkey. */
@Component
class Registration {
    private final Instance instance;
    private final AccountOpening opening;
    private final PasskeyHashKey passkeyKey;
    private final SecureRandom random;
    private final Turns turns;

    Registration(
            Instance instance,
            AccountOpening opening,
            PasskeyHashKey passkeyKey,
            SecureRandom random,
            RegistrationProperties properties) {
        this.instance = instance;
        this.opening = opening;
        this.passkeyKey = passkeyKey;
        this.random = random;
        this.turns = new Turns(properties.concurrentVerifications(), properties.patience());
    }

    /** The one time that the passkey is known. */
    record Registered(InstanceId instance, Passkey passkey) {}

    Registered register(RegistrationForm form) {
        InstanceId id = instance.id();
        turns.take(() -> verify(form, id));
        Passkey passkey = Passkey.generate(random);
        boolean proven = form.proofOfPossession().isPresent();
        opening.open(form.user(), form.key().accountKey(), proven, passkey.hash(passkeyKey));
        return new Registered(id, passkey);
    }

    private static void verify(RegistrationForm form, InstanceId instance) {
        var message = new RegistrationMessage(instance, form.user()).signedBytes();
        form.signature().ifPresent(signature -> {
            if (!Bls.verify(form.key(), message, signature)) {
                throw new Refusal(401, "invalid-signature", "Invalid signature");
            }
        });
        form.proofOfPossession().ifPresent(proof -> {
            if (!Bls.verifyPossession(form.key(), proof)) {
                throw new Refusal(401, "invalid-proof-of-possession", "Invalid proof of possession");
            }
        });
    }
}
