package io.pbts.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pbts.local.console.Trouble;
import io.pbts.local.directory.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationTest {
    @TempDir
    Path folder;

    Rotation rotation;

    @BeforeEach
    void install() {
        var secrets = new Secrets(folder, new SecureRandom());
        new ServiceSecrets(secrets).prepare();
        rotation = new Rotation(secrets);
    }

    @Test
    void replacesTheOperatorsKeyAndNothingElse() throws IOException {
        Map<String, String> before = files();
        rotation.perform(Rotation.Step.USE, Rotation.Key.ADMIN_KEY);
        assertThat(changed(before)).containsExactly("gateway-service/pbts.admin-key");
        assertThat(files().get("gateway-service/pbts.admin-key")).matches("[0-9a-f]{64}");
    }

    @Test
    void replacesEveryPasswordOfTheDatabase() throws IOException {
        Map<String, String> before = files();
        rotation.perform(Rotation.Step.USE, Rotation.Key.DATABASE_PASSWORDS);
        assertThat(changed(before))
                .hasSize(8)
                .allMatch(name -> name.endsWith("pbts.db.app-password") || name.endsWith("pbts.db.owner-password"));
    }

    @Test
    void hashesWithANewPasskeyKeyOnlyWhenAllKnowItAndKeepsTheOldOneUntilItIsDropped() throws IOException {
        String old = files().get("reputation-service/pbts.passkey-key");
        rotation.perform(Rotation.Step.ADD, Rotation.Key.PASSKEY_KEY);
        List<String> added = passkeyKeys();
        assertThat(added).hasSize(2).startsWith(old);
        rotation.perform(Rotation.Step.USE, Rotation.Key.PASSKEY_KEY);
        assertThat(passkeyKeys()).containsExactly(added.getLast(), old);
        rotation.perform(Rotation.Step.DROP, Rotation.Key.PASSKEY_KEY);
        assertThat(passkeyKeys()).containsExactly(added.getLast());
    }

    @Test
    void signsWithNewServiceKeysOnlyWhenAllKnowThem() throws IOException {
        Map<String, String> before = files();
        rotation.perform(Rotation.Step.ADD, Rotation.Key.SERVICE_KEYS);
        assertThat(changed(before))
                .filteredOn(name -> name.endsWith("/pbts.service-key"))
                .isEmpty();
        assertThat(kids()).isEqualTo(10);
        rotation.perform(Rotation.Step.USE, Rotation.Key.SERVICE_KEYS);
        assertThat(changed(before))
                .filteredOn(name -> name.endsWith("/pbts.service-key"))
                .hasSize(5);
        assertThat(kids()).isEqualTo(10);
        rotation.perform(Rotation.Step.DROP, Rotation.Key.SERVICE_KEYS);
        assertThat(kids()).isEqualTo(5);
        Map<String, String> rotated = files();
        new ServiceSecrets(new Secrets(folder, new SecureRandom())).prepare();
        assertThat(files()).as("every private key has its public half").isEqualTo(rotated);
    }

    @ParameterizedTest
    @CsvSource({
        "use, passkey-key",
        "use, service-keys",
        "use, acknowledgement-key",
        "add, admin-key",
        "drop, database-passwords"
    })
    void refusesAStepOutOfTurnAndChangesNothing(String step, String key) throws IOException {
        Map<String, String> before = files();
        assertThatExceptionOfType(Trouble.class).isThrownBy(() -> rotation.perform(step(step), key(key)));
        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"add, passkey-key", "drop, passkey-key", "add, service-keys", "drop, service-keys"})
    void refusesWhatWouldLoseAKeyThatWasAddedAndIsNotUsed(String step, String key) throws IOException {
        rotation.perform(Rotation.Step.ADD, key(key));
        Map<String, String> before = files();
        assertThatExceptionOfType(Trouble.class).isThrownBy(() -> rotation.perform(step(step), key(key)));
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void addsNoMoreKeysThanAServiceTakes() {
        for (int i = 1; i < 4; i++) {
            rotation.perform(Rotation.Step.ADD, Rotation.Key.PASSKEY_KEY);
            rotation.perform(Rotation.Step.USE, Rotation.Key.PASSKEY_KEY);
        }
        assertThatExceptionOfType(Trouble.class)
                .isThrownBy(() -> rotation.perform(Rotation.Step.ADD, Rotation.Key.PASSKEY_KEY));
    }

    private static Rotation.Step step(String text) {
        return Stream.of(Rotation.Step.values())
                .filter(step -> step.toString().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private static Rotation.Key key(String text) {
        return Stream.of(Rotation.Key.values())
                .filter(key -> key.toString().equals(text))
                .findFirst()
                .orElseThrow();
    }

    /** The same in all three that read it. */
    private List<String> passkeyKeys() throws IOException {
        Map<String, String> files = files();
        String text = files.get("reputation-service/pbts.passkey-key");
        assertThat(files)
                .containsEntry("announce-service/pbts.passkey-key", text)
                .containsEntry("receipt-service/pbts.passkey-key", text);
        return text.lines().toList();
    }

    private long kids() throws IOException {
        return files().get("gateway-service/pbts.service-keys").split("\"kid\"", -1).length - 1L;
    }

    private List<String> changed(Map<String, String> before) throws IOException {
        return files().entrySet().stream()
                .filter(file -> !file.getValue().equals(before.get(file.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return found;
    }
}
