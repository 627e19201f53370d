package io.pbts.reputation.account.passkey;

import io.pbts.reputation.account.passkey.NewPasskeys.NewPasskey;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A new announce URL for an account, for instance when somebody else saw the old one. */
@RestController
@Tag(name = "accounts")
class PasskeyController {
    private final Passkeys passkeys;
    private final NewPasskeys fresh;
    private final AnnounceUrls announceUrls;
    private final PasskeyProperties properties;

    PasskeyController(Passkeys passkeys, NewPasskeys fresh, AnnounceUrls announceUrls, PasskeyProperties properties) {
        this.passkeys = passkeys;
        this.fresh = fresh;
        this.announceUrls = announceUrls;
        this.properties = properties;
    }

    /**
     * A rotation.
     *
     * @param graceSeconds how long the old passkey goes on working; 0 ends it now
     */
    record Rotation(@Nullable Long graceSeconds) {
        static final Rotation USUAL = new Rotation(null);
    }

    /** Shown once and never stored, so it is not printed either. */
    record Rotated(String passkey, String announceUrl, long previousExpiresAt) {
        @Override
        public String toString() {
            return "[REDACTED]";
        }
    }

    @Allow(Who.ACCOUNT)
    @PostMapping("/api/v1/account/passkey")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Rotated> rotate(@RequestBody(required = false) @Nullable Rotation rotation, Caller.Account caller) {
        var grace = properties.grace((rotation == null ? Rotation.USUAL : rotation).graceSeconds());
        NewPasskey made = fresh.make();
        Instant end = passkeys.rotate(caller, made.hash(), grace);
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new Rotated(made.passkey().value(), announceUrls.of(made.passkey()), end.getEpochSecond()));
    }
}
