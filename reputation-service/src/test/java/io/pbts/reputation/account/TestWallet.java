package io.pbts.reputation.account;

import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.reputation.ServiceClient;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.Signer;
import io.pbts.reputation.TestUser;
import java.util.LinkedHashMap;
import java.util.Map;

/** A wallet that nobody else in the run has, as the variant's clients use it. */
record TestWallet(Signer.Wallet signer) {
    static TestWallet fresh() {
        return new TestWallet(Signer.freshWallet());
    }

    Secp256k1SecretKey key() {
        return signer.secret();
    }

    String address() {
        return key().address().checksummed();
    }

    String sign(String message) {
        return signer.signature(message);
    }

    /** The body of a wallet's registration over this message. */
    Map<String, Object> form(String message) {
        var form = new LinkedHashMap<String, Object>();
        form.put("userAddress", address());
        form.put("message", message);
        form.put("signature", sign(message));
        return form;
    }

    /** What the service asks it to sign for this purpose. */
    String challenge(ServiceClient service, String purpose) {
        return signer.challenge(service, purpose).text("message");
    }

    Reply register(ServiceClient service) {
        return service.post("/register", TestUser.json(form(challenge(service, "register"))));
    }
}
