package io.pbts.support.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MountedSecretsTest {
    private static final String NAME = "pbts.admin-key";
    private static final String FIRST = "canary-first-9f86d081884c7d659a2f";
    private static final String SECOND = "canary-second-60303ae22b998861bce3";

    @TempDir
    private Path directory;

    @Test
    void aRotatedFileIsTheNewValueWithoutARestart() throws IOException {
        write(FIRST);
        try (var secrets = new MountedSecrets(directory, true)) {
            Supplier<String> meaning = secrets.watch(NAME, Secret::reveal);
            write(SECOND);
            assertThat(secrets.look()).isTrue();
            assertThat(meaning.get()).isEqualTo(SECOND);
            assertThat(secrets.require(NAME).matches(SECOND)).isTrue();
        }
    }

    @Test
    void looksByItself() throws Exception {
        write(FIRST);
        try (var secrets = new MountedSecrets(directory, true).lookEvery(Duration.ofMillis(10))) {
            var rotated = new CountDownLatch(2);
            secrets.watch(NAME, secret -> {
                rotated.countDown();
                return secret;
            });
            write(SECOND);
            assertThat(rotated.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aSymbolicLinkThatKubernetesSwapsIsAChange() throws IOException {
        Path before = Files.createDirectory(directory.resolve("..2026_a"));
        Path after = Files.createDirectory(directory.resolve("..2026_b"));
        Files.writeString(before.resolve(NAME), FIRST);
        Files.writeString(after.resolve(NAME), SECOND);
        Files.createSymbolicLink(directory.resolve("..data"), before.getFileName());
        Files.createSymbolicLink(directory.resolve(NAME), Path.of("..data", NAME));
        try (var secrets = new MountedSecrets(directory, true)) {
            Files.createSymbolicLink(directory.resolve("..data_tmp"), after.getFileName());
            Files.move(directory.resolve("..data_tmp"), directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            assertThat(secrets.look()).isTrue();
            assertThat(secrets.require(NAME).matches(SECOND)).isTrue();
        }
    }

    @Test
    void aTouchedFileWithTheSameContentIsNoChange() throws IOException {
        write(FIRST);
        try (var secrets = new MountedSecrets(directory, true)) {
            var reads = new AtomicInteger();
            secrets.watch(NAME, secret -> reads.incrementAndGet());
            write(FIRST);
            assertThat(secrets.look()).isFalse();
            assertThat(reads).hasValue(1);
        }
    }

    @Test
    void aRotationToAnUnusableValueKeepsTheOldOneAndSaysSoOnce(CapturedOutput output) throws IOException {
        write(FIRST);
        try (var secrets = new MountedSecrets(directory, true)) {
            write("canary-short");
            assertThat(secrets.look()).isFalse();
            assertThat(secrets.look()).isFalse();
            assertThat(secrets.require(NAME).matches(FIRST)).isTrue();
        }
        assertThat(output)
                .containsOnlyOnce("event=secret_unusable name=" + NAME)
                .doesNotContain("canary");
    }

    @Test
    void aValueThatItsReaderCannotUseKeepsTheOldMeaning(CapturedOutput output) throws IOException {
        write(FIRST);
        try (var secrets = new MountedSecrets(directory, true)) {
            Supplier<String> meaning = secrets.watch(NAME, secret -> {
                if (secret.matches(SECOND)) {
                    throw new IllegalArgumentException("cannot use " + secret.reveal());
                }
                return secret.reveal();
            });
            write(SECOND);
            secrets.look();
            assertThat(meaning.get()).isEqualTo(FIRST);
        }
        assertThat(output).contains("event=secret_unusable name=" + NAME).doesNotContain("canary");
    }

    @Test
    void aFileThatVanishesKeepsItsValue() throws IOException {
        write(FIRST);
        try (var secrets = new MountedSecrets(directory, true)) {
            Files.delete(directory.resolve(NAME));
            assertThat(secrets.look()).isFalse();
            assertThat(secrets.require(NAME).matches(FIRST)).isTrue();
        }
    }

    @Test
    void aWeakValueStopsTheStartByNameAndUnseen() throws IOException {
        write("canary-short");
        assertThatIllegalStateException()
                .isThrownBy(() -> new MountedSecrets(directory, true))
                .withMessageContaining(NAME)
                .satisfies(refused -> assertThat(refused.toString()).doesNotContain("canary"));
    }

    @Test
    void aReaderThatQuotesTheValueCannotLeakItIntoTheFailureOfTheStart() throws IOException {
        write(FIRST);
        try (var secrets = new MountedSecrets(directory, true)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> secrets.watch(NAME, secret -> {
                        throw new IllegalArgumentException(secret.reveal());
                    }))
                    .withNoCause()
                    .withMessageContaining(NAME)
                    .satisfies(refused -> assertThat(refused.toString()).doesNotContain("canary"));
        }
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        try (var secrets = new MountedSecrets(directory.resolve("absent"), true)) {
            assertThat(secrets.find(NAME)).isEmpty();
            assertThatExceptionOfType(UnusableSecret.class)
                    .isThrownBy(() -> secrets.require(NAME))
                    .withMessageContaining(NAME);
        }
    }

    @Test
    void aFileOfMegabytesIsNoSecret() throws IOException {
        write("x".repeat(70_000));
        assertThatExceptionOfType(java.io.UncheckedIOException.class)
                .isThrownBy(() -> new MountedSecrets(directory, true));
    }

    private void write(String value) throws IOException {
        Files.writeString(directory.resolve(NAME), value);
    }
}
