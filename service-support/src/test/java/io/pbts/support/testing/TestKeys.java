package io.pbts.support.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.test.context.DynamicPropertyRegistry;

/** The signing keys of the suite's services in a test JVM, made once, as the secret files that a service reads. */
public final class TestKeys {
    public static final List<String> SERVICES = List.of("gateway", "announce", "receipt", "reputation", "contract");
    private static final Map<String, ECKey> KEYS = generated();

    private TestKeys() {}

    /** A new secrets directory for a service: {@code pbts.service-key} and {@code pbts.service-keys}. */
    public static Path secretsFor(String service) {
        return secretsFor(service, Map.of());
    }

    /** The same with further files, such as {@code pbts.admin-key}. */
    public static Path secretsFor(String service, Map<String, String> more) {
        try {
            Path directory = Files.createTempDirectory("pbts-secrets-");
            directory.toFile().deleteOnExit();
            var files = new TreeMap<>(more);
            files.putIfAbsent("pbts.service-key", pem(key(service)));
            files.putIfAbsent("pbts.service-keys", keySet(KEYS.values()));
            for (var file : files.entrySet()) {
                Path path = Files.writeString(directory.resolve(file.getKey()), file.getValue());
                path.toFile().deleteOnExit();
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a Spring test context its secrets directory and name. */
    public static void register(DynamicPropertyRegistry registry, String service) {
        Path directory = secretsFor(service);
        registry.add("pbts.secrets-dir", directory::toString);
        registry.add("pbts.service-name", () -> service);
    }

    /** A token of one service for another; what it says of a caller is added to it. */
    public static TestToken token(String from, String to) {
        return TestToken.of(key(from), from, to);
    }

    /** What a service sees of somebody on this machine who sent no credential: the usual caller of a test. */
    public static TestToken visitor(String to) {
        return token("gateway", to).asAnonymous("127.0.0.1");
    }

    /** The key of a service, with its private half. */
    public static ECKey key(String service) {
        ECKey key = KEYS.get(service);
        if (key == null) {
            throw new IllegalArgumentException("not a service of the suite: " + service);
        }
        return key;
    }

    /** A further key for a service, for rotating. */
    public static ECKey anotherKey(String service) {
        try {
            ECKey plain = new ECKeyGenerator(Curve.P_256).generate();
            String thumbprint =
                    java.util.HexFormat.of().formatHex(plain.computeThumbprint().decode(), 0, 8);
            return new ECKey.Builder(plain).keyID(service + "." + thumbprint).build();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The content of {@code pbts.service-key}. */
    public static String pem(ECKey key) {
        try {
            byte[] der = key.toECPrivateKey().getEncoded();
            String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(der);
            return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The content of {@code pbts.service-keys}: the public halves. */
    public static String keySet(Iterable<ECKey> keys) {
        var published = new java.util.ArrayList<JWK>();
        keys.forEach(key -> published.add(key.toPublicJWK()));
        return new JWKSet(published).toString();
    }

    private static Map<String, ECKey> generated() {
        var keys = new TreeMap<String, ECKey>();
        SERVICES.forEach(service -> keys.put(service, anotherKey(service)));
        return Map.copyOf(keys);
    }
}
