package io.pbts.reputation.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pbts.reputation.account.Registration.Registered;
import io.pbts.reputation.account.passkey.AnnounceUrls;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The originals' {@code /register}: a body that names a user is the tracker seed's, one that names a wallet the variant's. */
@RestController
@Tag(name = "accounts")
class RegisterController {
    private final Registration registration;
    private final WalletRegistration wallets;
    private final ProofRule proofs;
    private final AnnounceUrls announceUrls;

    RegisterController(
            Registration registration, WalletRegistration wallets, ProofRule proofs, AnnounceUrls announceUrls) {
        this.registration = registration;
        this.wallets = wallets;
        this.proofs = proofs;
        this.announceUrls = announceUrls;
    }

    record Request(
            @Nullable String userId,
            @Nullable String publicKey,
            @Nullable String signature,
            @Nullable String proofOfPossession,
            @JsonProperty("userAddress") @Nullable String userAddress,
            @Nullable String message) {

        boolean isOfWallet() {
            return userAddress != null || message != null;
        }
    }

    /** Shown once and never stored, so it is not printed either. */
    record Response(
            boolean success, String instanceId, String message, String userId, String passkey, String announceUrl) {
        @Override
        public String toString() {
            return "[REDACTED]";
        }
    }

    /**
     * The variant's answer, with what every account gets.
     *
     * @param initialCredit granted bytes; 0 while the grant is pending
     * @param txHash always null: the chain is told in the background
     * @param grant granted, pending or none
     */
    record WalletResponse(
            boolean success,
            @JsonProperty("userAddress") String userAddress,
            @JsonProperty("initialCredit") long initialCredit,
            @JsonProperty("txHash") @Nullable String txHash,
            String grant,
            String instanceId,
            String userId,
            String passkey,
            String announceUrl) {
        @Override
        public String toString() {
            return "[REDACTED]";
        }
    }

    @Allow(Who.ANYONE)
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Response.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = WalletResponse.class)))
    @PostMapping("/register")
    ResponseEntity<Object> register(@RequestBody Request request, Caller caller) {
        return request.isOfWallet() ? wallet(request, caller) : answer(200, named(request, caller));
    }

    private Response named(Request request, Caller caller) {
        var form = RegistrationForm.read(
                request.userId(), request.publicKey(), request.signature(), request.proofOfPossession());
        if (proofs.demandsProofsFrom(caller)) {
            form.requireProofs();
        }
        Registered registered = registration.register(form);
        return new Response(
                true,
                registered.instance().hex(),
                "User registered successfully",
                form.user().value(),
                registered.passkey().value(),
                announceUrls.of(registered.passkey()));
    }

    /** The variant's refusals have no {@code success}; the code is ours. */
    private ResponseEntity<Object> wallet(Request request, Caller caller) {
        try {
            var form = WalletForm.read(request.userAddress(), request.message(), request.signature());
            return answer(201, walletResponse(form, wallets.register(form, caller)));
        } catch (Refusal refused) {
            var answer = ResponseEntity.status(refused.status());
            refused.retryAfter()
                    .ifPresent(wait -> answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(wait.toSeconds() + 1)));
            return answer.body(Map.of("error", refused.sentence(), "code", refused.code()));
        }
    }

    private WalletResponse walletResponse(WalletForm form, Registered registered) {
        String address = form.wallet().checksummed();
        return new WalletResponse(
                true,
                address,
                registered.grant().bytes(),
                null,
                registered.grant().state(),
                registered.instance().hex(),
                address,
                registered.passkey().value(),
                announceUrls.of(registered.passkey()));
    }

    private static ResponseEntity<Object> answer(int status, Object body) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .body(body);
    }
}
