package io.pbts.reputation.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.TestUser;
import io.pbts.support.testing.TestKeys;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ActiveProfiles;

/** The variant's documents as they are, on the machine itself. */
@ActiveProfiles(profiles = "local", inheritProfiles = false)
class LocalWalletRegistrationTest extends RunningService {
    private final TestWallet wallet = TestWallet.fresh();

    private Reply register(Map<String, Object> form) {
        return post("/register", TestUser.json(form));
    }

    private String freeText() {
        return "Register PBTS account: " + wallet.address();
    }

    @Test
    void theVariantsFreeTextRegisters() {
        Reply reply = register(wallet.form(freeText()));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text("userAddress")).isEqualTo(wallet.address());
        assertThat(register(wallet.form(freeText())).status()).isEqualTo(409);
    }

    @Test
    void theAddressInItMayBeInOneCase() {
        assertThat(register(wallet.form(freeText().toLowerCase(Locale.ROOT).replace("register pbts", "Register PBTS")))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aChallengeRegistersHereToo() {
        assertThat(wallet.register(client()).status()).isEqualTo(201);
    }

    @Test
    void itMustNameTheWalletAndBeSignedByIt() {
        var other = TestWallet.fresh();
        assertThat(register(wallet.form("Register PBTS account: " + other.address()))
                        .status())
                .isEqualTo(401);
        var stolen = wallet.form(freeText());
        stolen.put("userAddress", other.address());
        assertThat(register(stolen).status()).isEqualTo(401);
        var forged = wallet.form(freeText());
        forged.put("signature", other.sign(freeText()));
        Reply reply = register(forged);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.text("error")).isEqualTo("Invalid signature");
        var tooLong = wallet.form(freeText());
        tooLong.put("message", freeText() + " and more");
        assertThat(register(tooLong).status()).isEqualTo(401);
    }

    @Test
    void aCallerFromElsewhereNeedsAChallenge() {
        var far = client().as(TestKeys.token("gateway", "reputation").asAnonymous("192.0.2.1"));
        Reply reply = far.post("/register", TestUser.json(wallet.form(freeText())));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("code")).isEqualTo("message-malformed");
    }
}
