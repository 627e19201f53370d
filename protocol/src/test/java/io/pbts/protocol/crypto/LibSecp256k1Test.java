package io.pbts.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LibSecp256k1Test {

    static Stream<Throwable> failures() {
        return Stream.of(
                new UnsatisfiedLinkError("cannot open shared object file"),
                new ExceptionInInitializerError(new IllegalStateException("No native library found")),
                new NoClassDefFoundError("fr/acinq/secp256k1/Secp256k1"),
                new IllegalStateException("Could not load native Secp256k1 JNI library"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void namesThePlatformThatHasNoLibraryAndKeepsTheCause(Throwable failure) {
        assertThatExceptionOfType(UnsatisfiedLinkError.class)
                .isThrownBy(() -> LibSecp256k1.load(failing(failure)))
                .withMessageContaining(System.getProperty("os.name"))
                .withMessageContaining(System.getProperty("os.arch"))
                .withMessageContaining(System.getProperty("java.io.tmpdir"))
                .withCause(failure);
    }

    @Test
    void whatIsLoadedIsTheNativeLibrary() {
        assertThat(LibSecp256k1.load(fr.acinq.secp256k1.Secp256k1::get)).isNotNull();
    }

    private static Supplier<fr.acinq.secp256k1.Secp256k1> failing(Throwable failure) {
        return () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }
}
