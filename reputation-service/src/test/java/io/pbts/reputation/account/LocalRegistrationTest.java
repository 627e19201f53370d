package io.pbts.reputation.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.receipt.InstanceId;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.TestUser;
import io.pbts.support.access.Caller;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.context.ActiveProfiles;

/** What profile {@code local} takes from callers on the machine itself. */
@ActiveProfiles(profiles = "local", inheritProfiles = false)
class LocalRegistrationTest extends RunningService {
    private final TestUser user = TestUser.fresh();

    private Reply register(Map<String, Object> form) {
        return post("/register", TestUser.json(form));
    }

    private boolean provenKey() {
        String question = """
                {"keys":[{"kind":"bls","value":"%s"}]}""".formatted(user.key().publicKey().bytes().toUnprefixedHexString());
        return post("/internal/v1/accounts/resolve", question)
                .body()
                .at("/keys/0/proven")
                .asBoolean();
    }

    @Test
    void anUnsignedKeyRegistersAndIsStoredAsUnproven() {
        assertThat(register(user.unsignedForm()).status()).isEqualTo(200);
        assertThat(provenKey()).isFalse();
    }

    @Test
    void aProofThatIsSentCounts() {
        var form = user.unsignedForm();
        form.put("proof_of_possession", user.proof());

        assertThat(register(form).status()).isEqualTo(200);
        assertThat(provenKey()).isTrue();
    }

    @Test
    void whatIsSentIsChecked() {
        var instance = InstanceId.fromHex(get("/internal/v1/instance").text("instance_id"));
        var wrongProof = user.form(instance);
        wrongProof.put("proof_of_possession", TestUser.fresh().proof());
        assertThat(register(wrongProof).status()).isEqualTo(401);

        var wrongSignature = user.unsignedForm();
        wrongSignature.put("signature", TestUser.fresh().signature(instance));
        assertThat(register(wrongSignature).status()).isEqualTo(401);
    }

    @Test
    void thePlaceholderOfTheOriginalsReadmeIsNoKeyHereEither() {
        Reply reply = register(Map.of("user_id", "alice", "public_key", "BASE64_PUBLIC_KEY"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error")).startsWith("Invalid public_key");
    }

    @ParameterizedTest
    @CsvSource({
        "local, 127.0.0.1, false",
        "local, ::1, false",
        "local, 10.0.0.7, true",
        "local, 2001:db8::1, true",
        "production, 127.0.0.1, true",
        "anything, 127.0.0.1, true",
    })
    void onlyACallerOnTheMachineItselfMayOmitItsProofsAndOnlyInLocal(String profile, String caller, boolean demanded) {
        var environment = new MockEnvironment();
        environment.setActiveProfiles(profile);

        var visitor = new Caller.Anonymous(InetAddress.ofLiteral(caller));
        assertThat(new ProofRule(environment).demandsProofsFrom(visitor)).isEqualTo(demanded);
    }
}
