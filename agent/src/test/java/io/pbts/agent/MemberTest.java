package io.pbts.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.key.Password;
import io.pbts.agent.key.WalletKeystore;
import io.pbts.protocol.receipt.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, wallets, accounts and sessions. */
class MemberTest {
    /** A key of anvil's, which everybody knows. */
    private static final String SECRET = "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

    private static final String ADDRESS = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

    @TempDir
    private Path home;

    private TestWorld agent;
    private FakeTracker tracker;

    @BeforeEach
    void settle() throws IOException {
        agent = new TestWorld(home);
        tracker = new FakeTracker();
    }

    @AfterEach
    void end() {
        tracker.close();
    }

    private void importWallet() throws IOException {
        Path key = Files.writeString(home.resolve("key.txt"), SECRET + "\n");
        assertThat(agent.run("wallet", "import", key.toString(), "--json"))
                .as(agent.err())
                .isZero();
        assertThat(agent.told().getLast().path("address").asString()).isEqualTo(ADDRESS);
    }

    private void register() throws IOException {
        agent.withKey();
        assertThat(agent.run("register", "--tracker", tracker.url(), "--user-id", "alice"))
                .isZero();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void keygenPrintsThePublicKeyThatWhoamiPrints() {
        assertThat(agent.run("keygen", "--json")).isZero();
        String made = agent.told().getFirst().path("public_key").asString();
        agent.run("whoami", "--json");
        assertThat(agent.told().getFirst().path("public_key").asString()).isEqualTo(made);
    }

    @Test
    void initMakesWhatIsMissingAndKeepsWhatIsThere() throws IOException {
        agent.withKey();
        String before = Files.readString(agent.folders().blsKeystore());
        assertThat(agent.run("init", "--wallet", "--json")).isZero();
        assertThat(agent.folders().blsKeystore()).hasContent(before);
        assertThat(agent.told().getFirst().path("wallet").asString()).startsWith("0x");
    }

    @Test
    void aWalletIsMadeOnceAndShownWithoutAPassword() throws IOException {
        assertThat(agent.run("wallet", "show")).isEqualTo(ExitCode.NO_IDENTITY);
        assertThat(agent.run("wallet", "create", "--json")).isZero();
        String made = agent.told().getFirst().path("address").asString();
        assertThat(mode(agent.folders().walletKeystore())).isEqualTo("rw-------");
        assertThat(agent.run("wallet", "create")).isEqualTo(ExitCode.FAILED);
        agent.environment.clear();
        assertThat(agent.run("wallet", "show", "--json")).isZero();
        assertThat(agent.told().getFirst().path("address").asString()).isEqualTo(made);
        assertThat(agent.run("whoami")).isZero();
        assertThat(agent.out()).contains(made);
        assertThat(agent.run("wallet")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aWalletIsTakenFromAPrivateKeyOrAKeystore() throws Exception {
        importWallet();
        assertThat(Files.readString(agent.folders().walletKeystore())).doesNotContain(SECRET);
        Path other = Files.copy(agent.folders().walletKeystore(), home.resolve("other.json"));
        Files.delete(agent.folders().walletKeystore());
        assertThat(agent.run("wallet", "import", other.toString())).isZero();
        assertThat(WalletKeystore.decrypt(
                                Files.readString(agent.folders().walletKeystore()),
                                Password.of(String.valueOf(agent.environment.get("PBTS_PASSWORD"))))
                        .address()
                        .checksummed())
                .isEqualTo(ADDRESS);
        Files.delete(agent.folders().walletKeystore());
        agent.environment.put("PBTS_PASSWORD", "another");
        assertThat(agent.run("wallet", "import", other.toString())).isEqualTo(ExitCode.NO_IDENTITY);
        assertThat(agent.folders().walletKeystore()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000000000000000000000000000000000000000000000000000000000", "12", "{}"})
    void whatIsNoWalletIsNotTaken(String text) throws IOException {
        Path file = Files.writeString(home.resolve("file"), text);
        assertThat(agent.run("wallet", "import", file.toString())).isIn(ExitCode.FAILED, ExitCode.NO_IDENTITY);
        assertThat(agent.err()).startsWith("pbts agent: " + file);
    }

    @Test
    void aWalletRegistersAndIsToldThatItsCreditIsPending() throws IOException {
        importWallet();
        assertThat(agent.run("register", "--tracker", tracker.url(), "--wallet", "--json"))
                .as(agent.err())
                .isZero();
        assertThat(agent.told().getFirst().path("user_id").asString()).isEqualTo(ADDRESS);
        assertThat(agent.told().getFirst().path("grant").asString()).isEqualTo("pending");
        assertThat(agent.out()).doesNotContain("secretpasskey");
        assertThat(mode(agent.folders().account())).isEqualTo("rw-------");
        assertThat(agent.run("login")).as(agent.err()).isZero();
        assertThat(tracker.signIn.sessionsOpened).containsExactly(ADDRESS);
        assertThat(agent.run("standing")).isZero();
        assertThat(agent.out()).contains("initial credit: granted");
    }

    /** Else a tracker could pass on the challenge of another one and act there in the member's name. */
    @Test
    void whatIsForAnotherSiteOrTrackerIsNotSigned() throws IOException {
        importWallet();
        tracker.signIn.publicUrl = "https://bank.example";
        assertThat(agent.run("register", "--tracker", tracker.url(), "--wallet"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(agent.err()).contains("bank.example").contains("nothing was signed");
        tracker.signIn.publicUrl = tracker.url();
        tracker.signIn.named = InstanceId.fromHex("01".repeat(32));
        assertThat(agent.run("register", "--tracker", tracker.url(), "--wallet"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(agent.folders().account()).doesNotExist();
        register();
        assertThat(agent.run("login")).isEqualTo(ExitCode.REFUSED);
        assertThat(agent.err()).contains("nothing was signed");
        assertThat(agent.folders().session()).doesNotExist();
    }

    @Test
    void aSessionIsKeptInAPrivateFileRenewedWhenDueAndUsedByOtherCommands() throws IOException {
        register();
        assertThat(agent.run("login", "--json")).as(agent.err()).isZero();
        assertThat(agent.told().getFirst().path("new_passkey").asBoolean()).isFalse();
        assertThat(agent.out()).doesNotContain("token-");
        assertThat(mode(agent.folders().session())).isEqualTo("rw-------");
        assertThat(agent.run("standing", "--json")).isZero();
        assertThat(agent.told().getFirst().path("grant").asString()).isEqualTo("granted");
        assertThat(tracker.signIn.refreshes).isZero();
        tracker.signIn.accessLife = 1;
        agent.run("login");
        for (int i = 0; i < 2; i++) {
            assertThat(agent.run("standing", "--json")).isZero();
            assertThat(agent.told().getFirst().path("grant").asString()).isEqualTo("granted");
        }
        assertThat(tracker.signIn.refreshes).isEqualTo(2);
        tracker.signIn.endSessions();
        assertThat(agent.run("standing", "--json")).isZero();
        assertThat(agent.told().getFirst().has("grant")).isFalse();
        assertThat(agent.folders().session()).doesNotExist();
    }

    @Test
    void whoHasOnlyTheKeyLeftGetsTheAccountBack() throws IOException {
        agent.withKey();
        assertThat(agent.run("login", "--tracker", tracker.url()))
                .as(agent.err())
                .isZero();
        assertThat(agent.folders().account()).content().contains("alice").contains("newpasskey");
        assertThat(agent.out()).doesNotContain("newpasskey");
        assertThat(agent.run("standing")).isZero();
    }

    @Test
    void aPasskeyIsReplaced() throws IOException {
        register();
        assertThat(agent.folders().account()).content().contains("secretpasskey");
        assertThat(agent.run("login", "--new-passkey")).isZero();
        assertThat(agent.folders().account()).content().contains("newpasskey").doesNotContain("secretpasskey");
    }

    @Test
    void aFailureIsAnObjectToo() {
        assertThat(agent.run("standing", "--json")).isEqualTo(ExitCode.NO_IDENTITY);
        assertThat(agent.told().getFirst().path("event").asString()).isEqualTo("failed");
        assertThat(agent.told().getFirst().path("exit_code").asInt()).isEqualTo(ExitCode.NO_IDENTITY);
        assertThat(agent.told().getFirst().path("reason").asString()).contains("register");
    }

    @Test
    void theKeyOfAnvilIsTheOneOfItsAddress() {
        assertThat(WalletKeystore.isKey(Bytes32.fromHexString(SECRET))).isTrue();
        assertThat(WalletKeystore.isKey(Bytes32.ZERO)).isFalse();
    }
}
