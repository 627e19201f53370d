package io.pbts.local.keys;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A service's public P-256 key as a JWK (RFC 7518, section 6.2).
 *
 * @param service as in tokens: {@code gateway}, {@code announce}, ...
 * @param x coordinate, 32 bytes in base64url
 * @param y coordinate, 32 bytes in base64url
 */
record PublicKeyEntry(String service, String x, String y) {
    private static final int COORDINATE_BYTES = 32;
    private static final int KID_BYTES = 8;

    PublicKeyEntry {
        if (bytes(x).length != COORDINATE_BYTES || bytes(y).length != COORDINATE_BYTES) {
            throw new IllegalArgumentException("not a P-256 key of " + service);
        }
    }

    static PublicKeyEntry of(String service, ECPublicKey key) {
        return new PublicKeyEntry(
                service, text(key.getW().getAffineX()), text(key.getW().getAffineY()));
    }

    /** {@code <service>.<first 16 hex digits of the RFC 7638 thumbprint>}. */
    String kid() {
        // RFC 7638, section 3.2: the required members alone, in this order, without white space.
        String members = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(x, y);
        try {
            byte[] thumbprint =
                    MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.US_ASCII));
            return service + "." + HexFormat.of().formatHex(thumbprint, 0, KID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    Map<String, String> members() {
        var members = new LinkedHashMap<String, String>();
        members.put("kty", "EC");
        members.put("crv", "P-256");
        members.put("kid", kid());
        members.put("use", "sig");
        members.put("alg", "ES256");
        members.put("x", x);
        members.put("y", y);
        return members;
    }

    /** Whether this is the public half: it verifies what the private key signs. */
    boolean isTwinOf(PrivateKey secret) {
        byte[] probe = kid().getBytes(StandardCharsets.US_ASCII);
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(secret);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(key());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // a point that is not on the curve
        }
    }

    private ECPublicKey key() throws GeneralSecurityException {
        var curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        var point = new ECPoint(new BigInteger(1, bytes(x)), new BigInteger(1, bytes(y)));
        var spec = new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class));
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
    }

    private static String text(BigInteger coordinate) {
        byte[] padded = new byte[COORDINATE_BYTES];
        byte[] bytes = coordinate.toByteArray(); // up to 33 with a leading zero, or fewer than 32
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, padded, COORDINATE_BYTES - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(padded);
    }

    private static byte[] bytes(String coordinate) {
        return Base64.getUrlDecoder().decode(coordinate);
    }
}
