package io.pbts.protocol.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.receipt.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Clients are written from {@code docs/protocol.md}, so it is tested like code. */
class DocumentedSignInTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "protocol.md");
    private static final Pattern FIELD = Pattern.compile("^\\| (\\d+) \\| (\\d+) \\|", Pattern.MULTILINE);
    private static final JsonNode VECTORS = Vectors.read("signin.json");

    @Test
    void theFieldsOfABlsLoginFollowEachOtherToItsEnd() throws IOException {
        List<MatchResult> fields =
                FIELD.matcher(section("## Signing in: BLS keys")).results().toList();
        int end = 0;
        for (MatchResult field : fields) {
            assertThat(Integer.parseInt(field.group(1))).isEqualTo(end);
            end += Integer.parseInt(field.group(2));
        }
        assertThat(end).isEqualTo(LoginMessage.SIGNED_SIZE);
    }

    @Test
    void printsTheBlsExampleThatTheVectorsHave() throws IOException {
        JsonNode vector = VECTORS.required("bls").get(0);
        String section = section("## Signing in: BLS keys").replaceAll("\\s", "");
        assertThat(section)
                .contains(
                        Vectors.text(vector, "secret_key"),
                        Vectors.text(vector, "nonce"),
                        Vectors.text(vector, "expiry"),
                        Vectors.text(vector, "signed_bytes"),
                        Vectors.text(vector, "signature"));
    }

    @Test
    void printsTheWalletExampleThatTheVectorsHave() throws IOException {
        JsonNode vector = VECTORS.required("wallets").get(0);
        String section = section("## Signing in: wallets");
        assertThat(section)
                .contains(Vectors.text(vector, "text"), Vectors.text(vector, "digest"))
                .contains(Vectors.text(VECTORS, "secret_key"));
        assertThat(section.replaceAll("\\s", "")).contains(Vectors.text(vector, "signature"));
    }

    @ParameterizedTest
    @EnumSource
    void listsThePurposeWithItsNumberAndItsStatement(SigningPurpose purpose) throws IOException {
        InstanceId instance = new InstanceId(Bytes32.ZERO);
        String statement = purpose.statement(instance).replace(instance.hex(), "<instance id>");
        assertThat(section("## Signing in: wallets"))
                .contains("| `" + purpose.wireName() + "` | " + purpose.number() + " | `" + statement + "` |");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CHALLENGE_EXPIRED")
    void explainsTheCode(SignInVerdict.Refusal refusal) throws IOException {
        assertThat(section("## Signing in: wallets")).contains("`" + refusal.code() + "`");
    }

    private static String section(String heading) throws IOException {
        return Files.readString(DOCUMENT)
                .split(Pattern.quote(heading + "\n"), 2)[1]
                .split("\n## ", 2)[0];
    }
}
