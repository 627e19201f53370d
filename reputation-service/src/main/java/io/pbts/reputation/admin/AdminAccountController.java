package io.pbts.reputation.admin;

import io.pbts.protocol.account.UserId;
import io.pbts.reputation.admin.AccountFile.Holder;
import io.pbts.reputation.admin.Lockout.Revoked;
import io.pbts.reputation.apikey.ApiKeyView;
import io.pbts.reputation.apikey.ApiKeys;
import io.pbts.reputation.standing.AccountId;
import io.pbts.reputation.standing.Standing;
import io.pbts.reputation.standing.Standings;
import io.pbts.reputation.standing.UserIds;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operator's door to one account, behind the gateway's admin port. */
@RestController
@Tag(name = "admin")
@RequestMapping("/admin/v1/accounts/{user_id}")
@Allow(Who.ADMIN)
class AdminAccountController {
    private final AccountFile file;
    private final ApiKeys apiKeys;
    private final Standings standings;
    private final Lockout lockout;

    AdminAccountController(AccountFile file, ApiKeys apiKeys, Standings standings, Lockout lockout) {
        this.file = file;
        this.apiKeys = apiKeys;
        this.standings = standings;
        this.lockout = lockout;
    }

    /**
     * What the gate knows of an account.
     *
     * @param announced downloaded, as its own clients say
     * @param announcedUploaded uploaded, as its own clients say; counts for it with {@code PBTS_BASIS=reported} only
     * @param unattested what of {@code announced} nobody has a receipt for
     */
    record AccountBytes(
            long uploaded,
            long downloaded,
            long held,
            long announced,
            long announcedUploaded,
            long unattested,
            long credit,
            boolean allowed) {
        static AccountBytes of(Standing standing) {
            var totals = standing.totals();
            return new AccountBytes(
                    totals.up(),
                    totals.down(),
                    totals.held(),
                    totals.announced(),
                    standing.announcedUp(),
                    standing.unattested(),
                    totals.credit(),
                    standing.verdict().allowed());
        }
    }

    record AdminAccountView(
            AccountId accountId,
            String userId,
            String chainAccount,
            long registeredAt,
            AccountBytes bytes,
            List<AccountFile.KeyOnFile> keys,
            List<AccountFile.PasskeyOnFile> passkeys,
            List<AccountFile.SessionOnFile> sessions,
            List<ApiKeyView> apiKeys) {}

    record LockedOut(String userId, int sessions, int apiKeys, int passkeys) {}

    @GetMapping
    AdminAccountView account(@PathVariable("user_id") String userId) {
        UserId user = user(userId);
        Holder holder = file.find(user).orElseThrow(AdminAccountController::unknown);
        AccountId account = holder.account();
        return new AdminAccountView(
                account,
                user.value(),
                holder.chainAccount(),
                holder.registeredAt(),
                standings.ofAccount(account).map(AccountBytes::of).orElseThrow(AdminAccountController::unknown),
                file.keys(account),
                file.passkeys(account),
                file.sessions(account),
                apiKeys.of(account));
    }

    @PostMapping("/lockout")
    LockedOut lockout(@PathVariable("user_id") String userId) {
        UserId user = user(userId);
        Revoked revoked = lockout.lock(user);
        return new LockedOut(user.value(), revoked.sessions(), revoked.apiKeys(), revoked.passkeys());
    }

    private static UserId user(String name) {
        return UserIds.parse(name).orElseThrow(AdminAccountController::unknown);
    }

    private static Refusal unknown() {
        return new Refusal(404, "unknown-user", "No such account");
    }
}
