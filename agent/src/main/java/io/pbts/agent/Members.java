package io.pbts.agent;

import io.pbts.agent.Sharing.Member;
import io.pbts.agent.key.Password;
import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.TrackerApi;
import io.pbts.agent.tracker.TrackerApi.Instance;
import io.pbts.protocol.crypto.BlsSecretKey;
import java.io.IOException;

/** Opens what a member needs: key, account, and what the tracker says of itself. */
final class Members {

    private Members() {}

    static Member open(Folders folders, Password password, TrackerApi api, Account account)
            throws IOException, InterruptedException {
        BlsSecretKey key = new Identity(folders).open(password);
        Instance instance = Asked.of(api::instance);
        if (!instance.id().equals(account.instance())) {
            throw Trouble.noIdentity("the account is of another tracker than the one at " + account.tracker());
        }
        return new Member(folders, account, api, instance, key);
    }
}
