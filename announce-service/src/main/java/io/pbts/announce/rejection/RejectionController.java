package io.pbts.announce.rejection;

import io.pbts.announce.admission.Admission;
import io.pbts.announce.admission.Caller.Standing;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** A member asks why its client is turned away. */
@RestController
@Tag(name = "announces")
class RejectionController {
    private static final String PASSKEY = "X-PBTS-Passkey";

    private final Rejections rejections;
    private final Admission admission;

    RejectionController(Rejections rejections, Admission admission) {
        this.rejections = rejections;
        this.admission = admission;
    }

    /**
     * An announce that was rejected.
     *
     * @param at seconds since 1970, of the last time
     * @param times how often in a row
     * @param infoHash the swarm's, 40 hexadecimal digits
     * @param reason as the client was told
     * @param addressFamily {@code ipv4} or {@code ipv6}
     * @param client how its peer id begins
     */
    record RejectedAnnounce(
            long at, int times, String infoHash, String reason, String addressFamily, int port, String client) {
        static RejectedAnnounce of(Rejection rejection) {
            return new RejectedAnnounce(
                    rejection.at().getEpochSecond(),
                    rejection.times(),
                    rejection.infoHash(),
                    rejection.reason(),
                    rejection.family(),
                    rejection.port(),
                    rejection.client());
        }
    }

    record RejectedAnnounces(List<RejectedAnnounce> rejected) {}

    @Operation(summary = "The caller's own announces that were rejected lately, and why; the latest first")
    @Allow(
            value = {Who.PASSKEY, Who.ACCOUNT, Who.SCOPE},
            scope = Scope.ACCOUNT_READ)
    @GetMapping("/api/v1/announces/rejected")
    RejectedAnnounces rejected(
            Caller caller, @RequestHeader(name = PASSKEY, required = false) @Nullable String passkey) {
        return new RejectedAnnounces(rejections.of(account(caller, passkey)).stream()
                .map(RejectedAnnounce::of)
                .toList());
    }

    private long account(Caller caller, @Nullable String passkey) {
        if (caller instanceof Caller.Account account) {
            return account.accountId();
        }
        return admission
                .require(passkey)
                .map(Standing::accountId)
                .orElseThrow(() -> new Refusal(401, "unknown-passkey", "The passkey belongs to no account"));
    }
}
