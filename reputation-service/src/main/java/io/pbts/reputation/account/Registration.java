package io.pbts.reputation.account;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.RegistrationMessage;
import io.pbts.reputation.account.passkey.NewPasskeys;
import io.pbts.reputation.instance.Instance;
import io.pbts.reputation.signin.Turns;
import io.pbts.reputation.standing.Grant;
import io.pbts.support.Refusal;
import org.springframework.stereotype.Component;

/** Lets a key take a name: what is signed is verified, then the account is opened and gets its passkey. */
@Component
class Registration {
    private final Instance instance;
    private final AccountOpening opening;
    private final NewPasskeys passkeys;
    private final Turns turns;

    Registration(Instance instance, AccountOpening opening, NewPasskeys passkeys, RegistrationProperties properties) {
        this.instance = instance;
        this.opening = opening;
        this.passkeys = passkeys;
        this.turns = new Turns(properties.concurrentVerifications(), properties.patience());
    }

    /** The one time that the passkey is known. */
    record Registered(InstanceId instance, Passkey passkey, Grant grant) {}

    Registered register(RegistrationForm form) {
        InstanceId id = instance.id();
        turns.take(() -> verify(form, id));
        boolean proven = form.proofOfPossession().isPresent();
        return open(id, form.user(), form.key().accountKey(), proven);
    }

    /** A wallet that signed; it goes by its address, which nobody else may be called. */
    Registered register(EthereumAddress wallet) {
        return open(instance.id(), new UserId(wallet.checksummed()), new AccountKey.Wallet(wallet), true);
    }

    private Registered open(InstanceId id, UserId user, AccountKey key, boolean proven) {
        var fresh = passkeys.make();
        Grant grant = opening.open(user, key, proven, fresh.hash());
        return new Registered(id, fresh.passkey(), grant);
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
