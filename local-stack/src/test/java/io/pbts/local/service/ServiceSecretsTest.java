package io.pbts.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.local.directory.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceSecretsTest {
    @TempDir
    Path folder;

    @Test
    void giveEachServiceWhatItNeedsAndNoMore() throws IOException {
        new ServiceSecrets(new Secrets(folder, new SecureRandom())).prepare();
        List<String> database =
                List.of("pbts.db.app-password", "pbts.db.owner-password", "pbts.service-key", "pbts.service-keys");
        assertThat(names("reputation-service"))
                .containsAll(database)
                .contains("pbts.passkey-key")
                .hasSize(5);
        assertThat(names("announce-service"))
                .containsAll(database)
                .contains("pbts.passkey-key")
                .hasSize(5);
        assertThat(names("receipt-service"))
                .containsAll(database)
                .contains("pbts.passkey-key", "pbts.acknowledgement-key")
                .hasSize(6);
        assertThat(names("contract-service"))
                .containsAll(database)
                .contains("pbts.chain.settler-key")
                .hasSize(5);
        assertThat(names("gateway-service"))
                .containsExactlyInAnyOrder("pbts.service-key", "pbts.service-keys", "pbts.admin-key");
    }

    @Test
    void areTheSameAtTheNextStart() {
        Map<String, String> first = new ServiceSecrets(new Secrets(folder, new SecureRandom())).prepare();
        assertThat(new ServiceSecrets(new Secrets(folder, new SecureRandom())).prepare())
                .isEqualTo(first);
    }

    /** A data directory of an earlier version has passwords and no keys between services. */
    @Test
    void areCompletedInAnOlderDataDirectory() throws IOException {
        Map<String, String> first = new ServiceSecrets(new Secrets(folder, new SecureRandom())).prepare();
        for (String service : List.of("gateway", "announce", "receipt", "reputation", "contract")) {
            Files.delete(folder.resolve(service + "-service/pbts.service-key"));
            Files.delete(folder.resolve(service + "-service/pbts.service-keys"));
        }
        Files.delete(folder.resolve("gateway-service/pbts.admin-key"));
        Files.delete(folder.resolve("receipt-service/pbts.acknowledgement-key"));
        assertThat(new ServiceSecrets(new Secrets(folder, new SecureRandom())).prepare())
                .isEqualTo(first);
        assertThat(names("gateway-service")).hasSize(3);
        assertThat(names("receipt-service")).hasSize(6);
    }

    @Test
    void giveTheOperatorAKeyOf256Bits() {
        var secrets = new ServiceSecrets(new Secrets(folder, new SecureRandom()));
        secrets.prepare();
        assertThat(secrets.adminKeyFile()).content().matches("[0-9a-f]{64}");
    }

    @Test
    void letThreeServicesHashAPasskeyAlike() throws IOException {
        new ServiceSecrets(new Secrets(folder, new SecureRandom())).prepare();
        String key = Files.readString(folder.resolve("reputation-service/pbts.passkey-key"));
        assertThat(folder.resolve("announce-service/pbts.passkey-key")).hasContent(key);
        assertThat(folder.resolve("receipt-service/pbts.passkey-key")).hasContent(key);
    }

    private List<String> names(String service) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(service))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
