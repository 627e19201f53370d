package io.pbts.acceptance;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A key that a service signs its tokens with, made with the JDK alone: what PBTS uses for it is what is under test. */
record SigningKey(String kid, PrivateKey secret) {
    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

    /** A new key and its entry for the set of public keys. */
    record Fresh(SigningKey key, Map<String, String> entry) {}

    /** The key of a running service, from its secrets. */
    static SigningKey of(Part part) {
        PrivateKey secret = read(part.secret("pbts.service-key"));
        for (JsonNode entry :
                Stack.JSON.readTree(part.secret("pbts.service-keys")).path("keys")) {
            String kid = entry.path("kid").asString();
            if (kid.startsWith(part.service() + ".") && isTwin(secret, entry)) {
                return new SigningKey(kid, secret);
            }
        }
        throw new AssertionError("no public key of " + part.service() + " belongs to its private key");
    }

    static Fresh fresh(String service) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            ECPublicKey made = (ECPublicKey) pair.getPublic();
            String x = coordinate(made.getW().getAffineX());
            String y = coordinate(made.getW().getAffineY());
            // RFC 7638, section 3.2.
            String members = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(x, y);
            byte[] thumbprint =
                    MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.US_ASCII));
            String kid = service + "." + HexFormat.of().formatHex(thumbprint, 0, 8);
            var entry = Map.of("kty", "EC", "crv", "P-256", "kid", kid, "x", x, "y", y);
            return new Fresh(new SigningKey(kid, pair.getPrivate()), entry);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Pretends to be the other key. */
    SigningKey under(String otherKid) {
        return new SigningKey(otherKid, secret);
    }

    String pem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(secret.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    byte[] sign(byte[] bytes) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return kid;
    }

    private static PrivateKey read(String pem) {
        String body = pem.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isTwin(PrivateKey secret, JsonNode entry) {
        byte[] probe = {1, 2, 3};
        try {
            var verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(PublicKeys.read(entry));
            verifier.update(probe);
            return verifier.verify(new SigningKey("", secret).sign(probe));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(bytes.length, fixed.length);
        System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }
}
