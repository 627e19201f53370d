package io.pbts.reputation.account.profile;

import io.pbts.reputation.apikey.ApiKeyView;
import io.pbts.reputation.apikey.ApiKeys;
import io.pbts.reputation.standing.AccountId;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An account asks what is known of it. */
@RestController
@Tag(name = "accounts")
class ProfileController {
    private final Profiles profiles;
    private final ApiKeys apiKeys;

    ProfileController(Profiles profiles, ApiKeys apiKeys) {
        this.profiles = profiles;
        this.apiKeys = apiKeys;
    }

    record AccountProfile(
            AccountId accountId,
            String userId,
            String chainAccount,
            long registeredAt,
            String grant,
            List<Profile.Key> keys,
            List<Profile.Passkey> passkeys,
            List<ApiKeyView> apiKeys) {

        static AccountProfile of(Profile profile, List<ApiKeyView> apiKeys) {
            return new AccountProfile(
                    profile.accountId(),
                    profile.userId(),
                    profile.chainAccount(),
                    profile.registeredAt(),
                    profile.grant(),
                    profile.keys(),
                    profile.passkeys(),
                    apiKeys);
        }
    }

    @Allow(
            value = {Who.ACCOUNT, Who.SCOPE},
            scope = Scope.ACCOUNT_READ)
    @GetMapping("/api/v1/account")
    AccountProfile account(Caller.Account caller) {
        var account = new AccountId(caller.accountId());
        return profiles.of(account)
                .map(profile -> AccountProfile.of(profile, apiKeys.of(account)))
                .orElseThrow(() -> new Refusal(404, "unknown-user", "No such account"));
    }
}
