package io.pbts.local.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.local.directory.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceKeysTest {
    private static final Map<String, String> FOLDERS =
            new LinkedHashMap<>(Map.of("gateway", "gateway-service", "receipt", "receipt-service"));

    @TempDir
    Path folder;

    Secrets secrets;

    @BeforeEach
    void open() {
        secrets = new Secrets(folder, new SecureRandom());
    }

    @Test
    void giveEachServiceAKeyOfItsOwnAndAllTheSamePublicKeys() throws IOException {
        prepare();
        assertThat(text("gateway-service/pbts.service-key")).isNotEqualTo(text("receipt-service/pbts.service-key"));
        assertThat(text("gateway-service/pbts.service-keys")).isEqualTo(text("receipt-service/pbts.service-keys"));
        requireThatAllFits();
    }

    @Test
    void areTheSameAtTheNextStart() throws IOException {
        prepare();
        Map<String, String> first = files();
        prepare();
        assertThat(files()).isEqualTo(first);
    }

    @Test
    void areMadeAgainWhenAPublicHalfIsLost() throws IOException {
        prepare();
        Files.writeString(folder.resolve("gateway-service/pbts.service-keys"), "{\"keys\": [");
        Files.delete(folder.resolve("receipt-service/pbts.service-keys"));
        prepare();
        requireThatAllFits();
    }

    @Test
    void areCompletedAfterACrashBetweenPublicAndPrivate() throws IOException {
        prepare();
        String kept = text("gateway-service/pbts.service-key");
        Files.delete(folder.resolve("receipt-service/pbts.service-key"));
        prepare();
        requireThatAllFits();
        assertThat(text("gateway-service/pbts.service-key")).isEqualTo(kept);
    }

    @Test
    void leaveARotationOfTheOperatorAlone() throws IOException {
        prepare();
        var other = new Secrets(Files.createDirectory(folder.resolve("other")), new SecureRandom());
        new ServiceKeys(other, FOLDERS).prepare();
        String both =
                merged(text("gateway-service/pbts.service-keys"), text("other/gateway-service/pbts.service-keys"));
        for (String service : FOLDERS.values()) {
            Files.writeString(folder.resolve(service).resolve("pbts.service-keys"), both);
        }
        Files.copy(
                folder.resolve("other/receipt-service/pbts.service-key"),
                folder.resolve("receipt-service/pbts.service-key"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Map<String, String> rotated = files();
        prepare();
        assertThat(files()).isEqualTo(rotated);
    }

    private void prepare() {
        new ServiceKeys(secrets, FOLDERS).prepare();
    }

    private void requireThatAllFits() throws IOException {
        for (var service : FOLDERS.entrySet()) {
            var secret = PrivateKeyFile.read(text(service.getValue() + "/pbts.service-key"))
                    .orElseThrow();
            for (String reader : FOLDERS.values()) {
                assertThat(PublicKeySet.read(text(reader + "/pbts.service-keys"))
                                .twinOf(service.getKey(), secret))
                        .isPresent();
            }
        }
    }

    private static String merged(String one, String other) {
        var all = new java.util.ArrayList<>(PublicKeySet.read(one).entries());
        all.addAll(PublicKeySet.read(other).entries());
        return new PublicKeySet(all).json();
    }

    private String text(String path) throws IOException {
        return Files.readString(folder.resolve(path));
    }

    private Map<String, String> files() throws IOException {
        var found = new TreeMap<String, String>();
        for (String service : FOLDERS.values()) {
            for (String name : new String[] {"pbts.service-key", "pbts.service-keys"}) {
                found.put(service + "/" + name, text(service + "/" + name));
            }
        }
        return found;
    }
}
