package io.pbts.reputation.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pbts.reputation.account.Registration.Registered;
import io.pbts.support.Refusal;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The originals' {@code /register}. */
@RestController
@Tag(name = "accounts")
class RegisterController {
    private final Registration registration;
    private final ProofRule proofs;
    private final AnnounceUrls announceUrls;

    RegisterController(Registration registration, ProofRule proofs, AnnounceUrls announceUrls) {
        this.registration = registration;
        this.proofs = proofs;
        this.announceUrls = announceUrls;
    }

    record Request(
            @Nullable String userId,
            @Nullable String publicKey,
            @Nullable String signature,
            @Nullable String proofOfPossession,
            @JsonProperty("userAddress") @Nullable String userAddress) {}

    /** Shown once and never stored, so it is not printed either. */
    record Response(
            boolean success, String instanceId, String message, String userId, String passkey, String announceUrl) {
        @Override
        public String toString() {
            return "[REDACTED]";
        }
    }

    @PostMapping("/register")
    Response register(@RequestBody Request request, HttpServletRequest http) {
        if (request.userAddress() != null) {
            throw new Refusal(
                    400,
                    "wallet-registration",
                    "Wallets cannot register yet: send user_id, public_key, signature and proof_of_possession");
        }
        var form = RegistrationForm.read(
                request.userId(), request.publicKey(), request.signature(), request.proofOfPossession());
        if (proofs.demandsProofsFrom(http.getRemoteAddr())) {
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
}
