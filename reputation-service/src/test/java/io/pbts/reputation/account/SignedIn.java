package io.pbts.reputation.account;

import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.reputation.ServiceClient;
import io.pbts.reputation.Signer;
import io.pbts.reputation.TestSession;

/** Somebody who signed in; asks as the gateway would after it checked the access token. */
record SignedIn(ServiceClient service, long accountId) {
    static SignedIn as(TestWallet wallet, ServiceClient visitor) {
        return as(wallet.signer(), visitor);
    }

    static SignedIn as(BlsSecretKey key, ServiceClient visitor) {
        return as(new Signer.OfBls(key), visitor);
    }

    private static SignedIn as(Signer signer, ServiceClient visitor) {
        var session = TestSession.of(signer.signIn(visitor));
        return new SignedIn(visitor.as(session.token()), session.accountId());
    }
}
