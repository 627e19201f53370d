package io.pbts.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsCommandTest {
    @TempDir
    Path folder;

    @Test
    void makesWhatIsMissingAndLeavesTheSettlersKeyToItsOwner() throws IOException {
        assertThat(Main.run("secrets", folder.toString())).isZero();
        Path settler = folder.resolve("contract-service/pbts.chain.settler-key");
        assertThat(settler).doesNotExist();
        assertThat(Files.readString(folder.resolve("postgres"))).matches("[0-9a-f]{64}");
        Files.writeString(settler, "my own");
        String admin = Files.readString(folder.resolve("gateway-service/pbts.admin-key"));
        assertThat(Main.run("secrets", folder.toString())).isZero();
        assertThat(Files.readString(settler)).isEqualTo("my own");
        assertThat(Files.readString(folder.resolve("gateway-service/pbts.admin-key")))
                .isEqualTo(admin);
    }

    @Test
    void putsTheDevelopmentKeyThereOnlyWhenAskedAndNeverOverAnother() throws IOException {
        assertThat(Main.run("secrets", "--dev-chain", folder.toString())).isZero();
        Path settler = folder.resolve("contract-service/pbts.chain.settler-key");
        assertThat(settler).exists();
        Files.writeString(settler, "my own");
        assertThat(Main.run("secrets", "--dev-chain", folder.toString())).isZero();
        assertThat(Files.readString(settler)).isEqualTo("my own");
    }

    @Test
    void rotatesAKeyOfThatFolder() throws IOException {
        assertThat(Main.run("secrets", folder.toString())).isZero();
        Path admin = folder.resolve("gateway-service/pbts.admin-key");
        String old = Files.readString(admin);
        assertThat(Main.run("rotate", "use", "admin-key", folder.toString())).isZero();
        assertThat(Files.readString(admin)).isNotEqualTo(old);
        assertThat(Main.run("rotate", "use", "passkey-key", folder.toString())).isEqualTo(1);
        assertThat(Main.run("rotate", "use", "no-such-key", folder.toString())).isEqualTo(2);
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThat(Main.run("secrets", folder.resolve("nowhere").toString())).isEqualTo(1);
    }
}
