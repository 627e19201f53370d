package io.pbts.reputation.session;

import io.pbts.protocol.account.AccountKey;
import io.pbts.reputation.signin.Intent;
import io.pbts.reputation.signin.KeyProofs;
import io.pbts.reputation.signin.Spelling;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A signed challenge opens a session; its refresh token renews it; its holder ends it. */
@RestController
@Tag(name = "signing in")
class SessionController {
    private static final Logger LOG = LoggerFactory.getLogger(SessionController.class);

    private final KeyProofs proofs;
    private final SessionOpening opening;
    private final Sessions sessions;
    private final AccessTokens accessTokens;
    private final SessionProperties properties;

    SessionController(
            KeyProofs proofs,
            SessionOpening opening,
            Sessions sessions,
            AccessTokens accessTokens,
            SessionProperties properties) {
        this.proofs = proofs;
        this.opening = opening;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.properties = properties;
    }

    /** A wallet's message and signature, or a BLS key's nonce and signature. */
    record SignInRequest(
            @Nullable String kind,
            @Nullable String message,
            @Nullable String publicKey,
            @Nullable String nonce,
            @Nullable String signature) {
        @Override
        public String toString() {
            return "[REDACTED]";
        }
    }

    record RefreshRequest(@Nullable String refreshToken) {
        @Override
        public String toString() {
            return "[REDACTED]";
        }
    }

    /** As OAuth 2.0 answers (RFC 6749, 5.1), for clients that know it; shown once. */
    record SessionTokens(
            String accessToken,
            String tokenType,
            long expiresIn,
            String refreshToken,
            long refreshExpiresIn,
            String userId) {
        @Override
        public String toString() {
            return "[REDACTED]";
        }
    }

    @Allow(Who.ANYONE)
    @PostMapping("/api/v1/sessions")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<SessionTokens> open(@RequestBody SignInRequest request) {
        AccountKey key =
                switch (Spelling.kind(request.kind())) {
                    case ADDRESS ->
                        new AccountKey.Wallet(proofs.wallet(Intent.SIGN_IN, request.message(), request.signature()));
                    case BLS ->
                        proofs.bls(Intent.SIGN_IN, request.publicKey(), request.nonce(), request.signature())
                                .accountKey();
                };
        return tokens(opening.open(key));
    }

    @Allow(Who.ANYONE)
    @PostMapping("/api/v1/sessions/refresh")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<SessionTokens> refresh(@RequestBody RefreshRequest request) {
        String text = Spelling.present("refresh_token", request.refreshToken());
        Refreshed refreshed = RefreshToken.parse(text).map(opening::refresh).orElseGet(Refreshed.Unknown::new);
        return switch (refreshed) {
            case Refreshed.Renewed(OpenSession session) -> tokens(session);
            case Refreshed.Replayed(var user) -> {
                LOG.warn("event=session_revoked reason=refresh_replayed user={}", user.value());
                throw new Refusal(
                        401,
                        "refresh-replayed",
                        "This refresh token was used before, so its session has ended; sign in again");
            }
            case Refreshed.WornOut() ->
                throw new Refusal(401, "session-ended", "The session was refreshed often enough; sign in again");
            case Refreshed.Unknown() ->
                throw new Refusal(
                        401,
                        "refresh-unknown",
                        "The refresh token was never issued, has expired, or its session has ended; sign in again");
        };
    }

    @Allow(Who.ACCOUNT)
    @DeleteMapping("/api/v1/sessions/current")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Caller.Account caller) {
        SessionId.of(caller).ifPresent(sessions::end);
    }

    private ResponseEntity<SessionTokens> tokens(OpenSession session) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new SessionTokens(
                        accessTokens.issue(session),
                        "Bearer",
                        accessTokens.life().toSeconds(),
                        session.refreshToken().text(),
                        properties.refreshFor().toSeconds(),
                        session.user().value()));
    }
}
