package io.pbts.announce.wire.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/** What the two files held at one moment. */
record PemFiles(String certificate, String key) {
    private static final int MOST_BYTES = 262_144;

    /** A certificate that its owner can prove to hold. */
    record Identity(List<X509Certificate> chain, PrivateKey key) {}

    static PemFiles read(TlsProperties properties) {
        return new PemFiles(text("certificate", properties.certificate()), text("private key", properties.key()));
    }

    private static String text(String what, String file) {
        if (file.isBlank()) {
            throw new TlsUnusable("no file is named for the " + what);
        }
        try (var bytes = Files.newInputStream(Path.of(file))) {
            byte[] read = bytes.readNBytes(MOST_BYTES + 1);
            if (read.length > MOST_BYTES) {
                throw new TlsUnusable("the %s's file %s is larger than %d bytes".formatted(what, file, MOST_BYTES));
            }
            return new String(read, StandardCharsets.ISO_8859_1);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new TlsUnusable("the %s's file %s cannot be read (%s)"
                    .formatted(what, file, unreadable.getClass().getSimpleName()));
        }
    }

    /** Throws {@link TlsUnusable} when one is missing, or they do not belong together. */
    Identity identity() {
        List<X509Certificate> chain = parsed("certificate", certificate, PemContent::getCertificates);
        PrivateKey privateKey = parsed("private key", key, PemContent::getPrivateKey);
        if (!belongTogether(privateKey, chain.getFirst())) {
            throw new TlsUnusable("the private key is not that of the first certificate");
        }
        return new Identity(List.copyOf(chain), privateKey);
    }

    /** Parsers throw what they like, and may quote what they parsed. */
    private static <T> T parsed(String what, String text, Part<T> part) {
        try {
            return Optional.ofNullable(PemContent.of(text)).map(part::of).orElseThrow();
        } catch (RuntimeException noPem) {
            throw new TlsUnusable("there is no %s that can be read in its file".formatted(what));
        }
    }

    /** One of the things that PEM may hold. */
    private interface Part<T> {
        @Nullable
        T of(PemContent content);
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        try {
            Signature signature = Signature.getInstance(signatureOf(key));
            signature.initSign(key);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }

    private static String signatureOf(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
