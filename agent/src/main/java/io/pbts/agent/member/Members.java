package io.pbts.agent.member;

import io.pbts.agent.cli.Asked;
import io.pbts.agent.cli.Folders;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.key.Password;
import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.TrackerApi;
import io.pbts.agent.tracker.TrackerApi.Instance;
import io.pbts.engine.receipt.ReceiptSigner;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import java.io.IOException;

/** Opens what a member needs: key, account, and what the tracker says of itself. */
public final class Members {

    private Members() {}

    public static Member open(Folders folders, Password password, TrackerApi api, Account account)
            throws IOException, InterruptedException {
        ReceiptSigner signer = signer(folders, password, account);
        Instance instance = Asked.of(api::instance);
        if (!instance.id().equals(account.instance())) {
            throw Trouble.noIdentity("the account is of another tracker than the one at " + account.tracker());
        }
        return new Member(folders, account, api, instance, signer);
    }

    /** An account that goes by a wallet's address has no other key than that wallet's. */
    static ReceiptSigner signer(Folders folders, Password password, Account account) throws IOException {
        Identity identity = new Identity(folders);
        if (account.wallet().isEmpty()) {
            return new ReceiptSigner.OfBls(identity.open(password));
        }
        Secp256k1SecretKey wallet = identity.openWallet(password);
        if (!account.wallet().get().equals(wallet.address())) {
            throw Trouble.noIdentity("the account is of another wallet than " + wallet.address());
        }
        return new ReceiptSigner.OfWallet(wallet);
    }
}
